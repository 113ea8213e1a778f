"""The training generator against a loop written by hand."""

import pytest
import torch
from torch import nn

from ebmlib.train import quiet, train


def least_squares(generator) -> tuple[nn.Linear, torch.Tensor, torch.Tensor]:
    net = nn.Linear(2, 1)
    with torch.no_grad():
        net.weight.copy_(torch.tensor([[1.0, -1.0]]))
        net.bias.zero_()
    x = torch.randn(12, 2, generator=generator(0))
    return net, x, x @ torch.tensor([[2.0], [3.0]]) + 1


def test_equals_the_loop_by_hand(generator) -> None:
    net, x, y = least_squares(generator)
    twin, _, _ = least_squares(generator)
    by_hand, optimiser = [], torch.optim.SGD(twin.parameters(), lr=0.1)
    for _ in range(20):
        L = (twin(x) - y).square().mean()
        optimiser.zero_grad()
        L.backward()
        optimiser.step()
        by_hand.append(L.item())
    steps = train(
        lambda: (net(x) - y).square().mean(), torch.optim.SGD(net.parameters(), lr=0.1), 20
    )
    seen = list(steps)
    assert [s.step for s in seen] == list(range(1, 21))
    assert [s.loss for s in seen] == by_hand
    torch.testing.assert_close(net.weight, twin.weight)


def test_batches_start_again_and_schedule_steps(generator) -> None:
    net, x, y = least_squares(generator)
    optimiser = torch.optim.SGD(net.parameters(), lr=0.1)
    schedule = torch.optim.lr_scheduler.StepLR(optimiser, 1, gamma=0.5)
    sizes = []

    def loss(x: torch.Tensor, y: torch.Tensor) -> torch.Tensor:
        sizes.append(len(x))
        return (net(x) - y).square().mean()

    batches = [(x[:5], y[:5]), (x[5:], y[5:])]
    seen = list(train(loss, optimiser, 5, batches=batches, schedule=schedule))
    assert sizes == [5, 7, 5, 7, 5]
    assert len(seen) == 5
    assert schedule.get_last_lr() == [0.1 / 32]


def test_can_be_left_early(generator) -> None:
    net, x, y = least_squares(generator)
    optimiser = torch.optim.SGD(net.parameters(), lr=0.1)
    for step, _ in train(lambda: (net(x) - y).square().mean(), optimiser, 1000):
        if step == 3:
            break
    assert step == 3


def test_quiet(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], generator
) -> None:
    net, x, _ = least_squares(generator)
    list(train(lambda: net(x).mean() ** 2, torch.optim.SGD(net.parameters(), lr=0.1), 3))
    assert capsys.readouterr() == ("", "")
    monkeypatch.setattr("sys.stderr.isatty", lambda: True, raising=False)
    monkeypatch.delenv("EBMLIB_QUIET", raising=False)
    assert not quiet()
    monkeypatch.setenv("EBMLIB_QUIET", "1")
    assert quiet()


def test_bad_input(generator) -> None:
    net, x, _ = least_squares(generator)
    optimiser = torch.optim.SGD(net.parameters(), lr=0.1)
    with pytest.raises(ValueError, match=r"steps must be an integer >= 1. Got 0."):
        next(train(lambda: net(x).mean(), optimiser, 0))
    with pytest.raises(ValueError, match="one finite number at step 1"):
        next(train(lambda: net(x), optimiser, 1))
    with pytest.raises(ValueError, match=r"one finite number at step 1. Got nan"):
        next(train(lambda: net(x).mean() * float("nan"), optimiser, 1))
    with pytest.raises(ValueError, match="at least one batch"):
        next(train(lambda: net(x).mean(), optimiser, 1, batches=[]))
    once = iter([(x,)])  # ends for good
    with pytest.raises(ValueError, match="at least one batch each time they start"):
        list(train(lambda x: net(x).mean(), optimiser, 2, batches=once))
