"""The spiral trained with our modules alone follows torch's trajectory."""

import pytest
import torch
from torch import nn

from ebmlib.backprop.container import Sequential
from ebmlib.backprop.cost import CrossEntropy, SquaredError
from ebmlib.backprop.descend import Adam, GradientDescent, train
from ebmlib.backprop.linear import Linear
from ebmlib.backprop.pointwise import ReLU
from ebmlib.data.spiral import spiral

STEPS = 100


def torch_net(seed: int) -> nn.Sequential:
    torch.manual_seed(seed)
    return nn.Sequential(nn.Linear(2, 100), nn.ReLU(), nn.Linear(100, 3)).double()


def copied(net: nn.Sequential) -> Sequential:
    return Sequential(
        Linear(net[0].weight.detach().clone(), net[0].bias.detach().clone()),
        ReLU(),
        Linear(net[2].weight.detach().clone(), net[2].bias.detach().clone()),
    )


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("method", ["descent", "Adam"])
def test_follows_torch(seed: int, method: str) -> None:
    generator = torch.Generator().manual_seed(seed)
    x, k = spiral(300, generator=generator, dtype=torch.float64)
    y = torch.eye(3, dtype=torch.float64)[k]
    theirs = torch_net(seed)
    ours = copied(theirs)
    if method == "Adam":
        adam = torch.optim.Adam(theirs.parameters(), 1e-2)
        step = Adam(ours.parameters(), 1e-2).step
    else:
        adam = torch.optim.SGD(theirs.parameters(), 0.5)
        step = GradientDescent(ours.parameters(), 0.5).step
    cost, losses = nn.CrossEntropyLoss(), []
    for L in train(ours, CrossEntropy(), x, y, step=step, steps=STEPS):
        loss = cost(theirs(x), k)
        adam.zero_grad()
        loss.backward()
        adam.step()
        losses.append(float(L))
        assert float(L) == pytest.approx(loss.item(), abs=1e-6)
        ahead = zip(ours.parameters(), theirs.parameters(), strict=True)
        # the generator yields before the step: compare the gradients, then the parameters
        for (_, gradient), parameter in ahead:
            torch.testing.assert_close(gradient, parameter.grad, rtol=0, atol=1e-6)
    for (theta, _), parameter in zip(ours.parameters(), theirs.parameters(), strict=True):
        torch.testing.assert_close(theta, parameter.detach(), rtol=0, atol=1e-6)
    assert losses[-1] < losses[0]


@pytest.mark.parametrize("method", [GradientDescent, Adam])
def test_a_rate_that_goes_nowhere_is_told(method) -> None:
    with pytest.raises(ValueError, match=r"eta must be finite and > 0. Got 0"):
        method([], 0.0)


def test_no_steps_are_told() -> None:
    with pytest.raises(ValueError, match=r"steps must be an integer >= 1. Got 0"):
        next(train(Sequential(), SquaredError(), torch.ones(1, 1), torch.ones(1, 1),
                   step=lambda: None, steps=0))  # fmt: skip
