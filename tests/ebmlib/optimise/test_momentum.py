"""The averaging form of momentum against torch's SGD."""

import pytest
import torch

from ebmlib.optimise.momentum import AveragingMomentum


def descend(make, steps: int = 40) -> torch.Tensor:
    A = torch.tensor([[3.0, 1.0], [1.0, 0.5]], dtype=torch.float64)
    theta = torch.tensor([1.0, -2.0], dtype=torch.float64, requires_grad=True)
    optimiser = make([theta])
    path = []
    for _ in range(steps):
        optimiser.zero_grad()
        (0.5 * theta @ A @ theta).backward()
        optimiser.step()
        path.append(theta.detach().clone())
    return torch.stack(path)


@pytest.mark.parametrize("alpha", [0.0, 0.5, 0.9])
def test_equals_torchs_momentum_at_the_other_rate(alpha: float) -> None:
    ours = descend(lambda p: AveragingMomentum(p, lr=0.02 / (1 - alpha), alpha=alpha))
    torchs = descend(lambda p: torch.optim.SGD(p, lr=0.02, momentum=alpha))
    torch.testing.assert_close(ours, torchs, atol=1e-12, rtol=0)


def test_dampening_is_another_thing() -> None:
    ours = descend(lambda p: AveragingMomentum(p, lr=0.02, alpha=0.9))
    damped = descend(lambda p: torch.optim.SGD(p, lr=0.02, momentum=0.9, dampening=0.9))
    start = torch.tensor([1.0, -2.0], dtype=torch.float64)
    torch.testing.assert_close(damped[0] - start, 10 * (ours[0] - start))


def test_errors(unchecked) -> None:
    theta = [torch.zeros(1, requires_grad=True)]
    with pytest.raises(ValueError, match=r"alpha must be in \[0, 1\). Got 1.0."):
        AveragingMomentum(theta, lr=1.0, alpha=1.0)
    with pytest.raises(ValueError, match=r"lr must be finite and > 0. Got -1."):
        AveragingMomentum(theta, lr=-1.0)
    with pytest.raises(ValueError, match=r"step takes no closure."):
        AveragingMomentum(theta, lr=1.0).step(lambda: 0.0)
