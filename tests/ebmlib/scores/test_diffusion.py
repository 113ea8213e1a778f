"""Flows through noise against closed forms: one Gaussian, mixtures, and points without a width."""

import math

import pytest
import torch
from torch import Tensor
from torch.distributions import Independent, Normal

from ebmlib.scores.diffusion import (
    ancestral,
    flow,
    flow_nll,
    levels,
)
from ebmlib.scores.mixture import mixture_denoiser
from tests.helpers.draws import normal

MU = torch.tensor([[1.0, 0.0], [0.0, 1.0], [-1.0, -0.5]], dtype=torch.float64)
PI = torch.tensor([0.5, 0.3, 0.2], dtype=torch.float64)
S = 0.3


def one_gaussian(y: Tensor, sigma: Tensor) -> Tensor:
    """The best denoiser of N(0, S^2 I)."""
    return S**2 / (S**2 + sigma**2) * y


def test_levels_fall_from_high_to_low() -> None:
    t = levels(10, high=4.0, low=0.1, dtype=torch.float64)
    torch.testing.assert_close(t[[0, -1]], torch.tensor([4.0, 0.1], dtype=torch.float64))
    assert (t.diff() < 0).all()
    assert (t.diff().abs().diff() < 0).all()
    torch.testing.assert_close(
        levels(4, high=4.0, low=0.0 + 1, rho=1.0), torch.tensor([4.0, 3.25, 2.5, 1.75, 1.0])
    )


@pytest.mark.parametrize(("method", "order"), [("euler", 1), ("heun", 2)])
def test_the_order_of_a_step(method: str, order: int) -> None:
    """For one Gaussian y scales as the width of the spoiled data."""
    y, errors = 3 * normal(5, 2), []
    for n in (200, 400):
        t = levels(n, high=3.0, low=0.05, dtype=torch.float64)
        *_, end = flow(one_gaussian, y, t, method=method)
        exact = y * math.hypot(S, 0.05) / math.hypot(S, 3.0)
        errors.append(float((end - exact).abs().max()))
    assert errors[0] / errors[1] == pytest.approx(2**order, rel=0.1)


def test_up_and_down_again() -> None:
    def D(y: Tensor, sigma: Tensor) -> Tensor:
        return mixture_denoiser(y, sigma, mu=MU, weights=PI, s=S)

    t, y = levels(400, high=3.0, low=0.05, dtype=torch.float64), normal(6, 2)
    *_, up = flow(D, y, t.flip(0))
    *_, down = flow(D, up, t)
    torch.testing.assert_close(down, y, atol=1e-3, rtol=0)


def test_the_walk_of_a_known_point_has_its_spread(generator) -> None:
    """With the clean point known the walk is exact: N(point, low^2 I)."""
    point = torch.tensor([0.3, -0.7], dtype=torch.float64)
    g = generator(0)
    y = point + 2 * torch.randn(40_000, 2, generator=g, dtype=torch.float64)
    t = torch.tensor([2.0, 1.3, 0.8, 0.5], dtype=torch.float64)
    *_, end = ancestral(lambda y, sigma: point.expand_as(y), y, t, generator=g)
    assert (end - point).std().item() == pytest.approx(0.5, rel=0.02)
    assert (end - point).mean(0).abs().max() < 0.02


def test_the_density_of_one_gaussian() -> None:
    y = 0.5 * normal(8, 2)
    ours = flow_nll(one_gaussian, y, levels(400, high=100.0, dtype=torch.float64))
    width = math.hypot(S, 0.01)
    exact = -Independent(Normal(torch.zeros(2).double(), width), 1).log_prob(y)
    torch.testing.assert_close(ours, exact, atol=2e-3, rtol=0)


def test_errors(unchecked) -> None:
    y, t = torch.zeros(4, 2), levels(3)
    with pytest.raises(ValueError, match=r"0 < low < high. Got 5 and 1."):
        levels(3, low=5, high=1)
    with pytest.raises(ValueError, match=r"method must be euler or heun. Got 'rk4'."):
        flow(one_gaussian, y, t, method="rk4")
    with pytest.raises(ValueError, match=r"two or more positive levels. Got \[1.0\]."):
        flow(one_gaussian, y, torch.ones(1))
    with pytest.raises(ValueError, match=r"levels must fall. Got \[.*\]."):
        ancestral(one_gaussian, y, t.flip(0))
    with pytest.raises(ValueError, match=r"levels must fall. Got \[.*\]."):
        flow_nll(one_gaussian, y, t.flip(0))
