"""Descent with a rough gradient: without noise it is torch's, with noise as wide as predicted."""

import pytest
import torch

from ebmlib.optimise.noise import rough_descent, stationary_variance


@pytest.mark.parametrize("alpha", [0.0, 0.9])
def test_without_noise_it_is_torchs_descent(alpha: float) -> None:
    start = torch.tensor([1.0, -2.0], dtype=torch.float64)
    A = torch.tensor([[3.0, 1.0], [1.0, 0.5]], dtype=torch.float64)
    w = start.clone().requires_grad_()
    sgd = torch.optim.SGD([w], lr=0.05, momentum=alpha)
    for ours in rough_descent(lambda w: A @ w, start, eta=0.05, s=0.0, steps=30, alpha=alpha):
        sgd.zero_grad()
        (0.5 * w @ A @ w).backward()
        sgd.step()
        torch.testing.assert_close(ours, w.detach(), atol=1e-12, rtol=0)


@pytest.mark.parametrize(("eta", "alpha"), [(0.1, 0.0), (0.4, 0.5), (1.5, 0.2)])
def test_the_cloud_is_as_wide_as_predicted(eta: float, alpha: float, generator) -> None:
    lam, start = 1.3, torch.zeros(20000, dtype=torch.float64)
    how = {"eta": eta, "s": 2.0, "alpha": alpha}
    *_, last = rough_descent(lambda w: lam * w, start, steps=150, generator=generator(0), **how)
    assert last.var().item() == pytest.approx(stationary_variance(lam=lam, **how), rel=0.05)


def test_the_variance_solves_its_equations() -> None:
    """The covariance of (w, m) is a fixed point of one step."""
    eta, alpha, lam, s = 0.3, 0.7, 2.0, 0.5
    step = torch.tensor([[1 - eta * lam, -eta * alpha], [lam, alpha]], dtype=torch.float64)
    kick = s**2 * torch.tensor([[eta**2, -eta], [-eta, 1.0]], dtype=torch.float64)
    solved = torch.linalg.solve(
        torch.eye(4, dtype=torch.float64) - torch.kron(step, step), kick.reshape(-1)
    )
    assert stationary_variance(eta, s, lam, alpha) == pytest.approx(solved[0].item(), rel=1e-12)


def test_errors_of_the_walk(unchecked) -> None:
    w = torch.zeros(3)
    with pytest.raises(ValueError, match=r"alpha must be in \[0, 1\). Got 1.0."):
        rough_descent(lambda w: w, w, eta=0.1, s=1.0, steps=3, alpha=1.0)
    with pytest.raises(ValueError, match=r"s must be >= 0. Got -1.0."):
        rough_descent(lambda w: w, w, eta=0.1, s=-1.0, steps=3)
    with pytest.raises(ValueError, match=r"steps must be an integer >= 1. Got 0."):
        rough_descent(lambda w: w, w, eta=0.1, s=1.0, steps=0)
    with pytest.raises(ValueError, match=r"eta must be finite and > 0. Got 0."):
        rough_descent(lambda w: w, w, eta=0.0, s=1.0, steps=1)


def test_errors_of_the_variance() -> None:
    with pytest.raises(ValueError, match=r"eta lam must be below 2.0. Got 2.0."):
        stationary_variance(1.0, 1.0, 2.0)
    with pytest.raises(ValueError, match=r"lam must be finite and > 0. Got 0.0."):
        stationary_variance(1.0, 1.0, 0.0)
