"""Guidance, replacement and clamped bowls against closed forms and scipy."""

import pytest
import torch
from scipy.sparse.csgraph import laplacian
from torch import Tensor

from ebmlib.scores.diffusion import flow, levels
from ebmlib.scores.guidance import clamped_minimum, guided, membrane, replaced
from tests.helpers.draws import normal

KNOWN = torch.tensor([True, False, False, True])


def test_the_guided_flow_of_two_gaussians_is_linear() -> None:
    """Of N(0, 1) and the narrower N(0, 1/4): every denoiser is a multiple of y."""

    def D(y: Tensor, sigma: Tensor) -> Tensor:
        return y / (1 + sigma**2)

    def D_c(y: Tensor, sigma: Tensor) -> Tensor:
        return 0.25 * y / (0.25 + sigma**2)

    y, t = normal(5, 1), levels(800, high=3.0, low=0.05, dtype=torch.float64)
    *_, end = flow(guided(D, D_c, 2.0), y, t)
    growth = [(v + t[[0, -1]] ** 2).sqrt() for v in (0.25, 1.0)]  # of the two flows
    one, two = (float(g[1] / g[0]) for g in growth)
    torch.testing.assert_close(end, y * one**3 / two**2, rtol=1e-4, atol=0)
    torch.testing.assert_close(guided(D, D_c, -1.0)(y, t[3]), D(y, t[3]))


@pytest.mark.parametrize("repeats", [1, 4])
def test_replacement_is_right_where_the_parts_are_independent(repeats: int, generator) -> None:
    """The missing entries of N(m, 0.01 I) know nothing of the known ones."""
    m = torch.tensor([0.0, 2.0, -1.0, 0.5], dtype=torch.float64)

    def D(y: Tensor, sigma: Tensor) -> Tensor:
        return m + 0.01 / (0.01 + sigma**2) * (y - m)

    y = torch.full((20_000, 4), 9.0, dtype=torch.float64)
    t = levels(60, dtype=torch.float64)
    *_, end = replaced(D, y, KNOWN, t, repeats=repeats, generator=generator(0))
    assert (end[:, KNOWN] == 9).all()
    torch.testing.assert_close(end[:, ~KNOWN].mean(0), m[~KNOWN], atol=0.01, rtol=0)
    assert end[:, ~KNOWN].std(0).mean().item() == pytest.approx(0.1, rel=0.1)


def test_the_membrane_is_scipys_laplacian() -> None:
    index = torch.arange(12).reshape(3, 4)
    near = torch.zeros(12, 12)
    for one, other in ((index[1:], index[:-1]), (index[:, 1:], index[:, :-1])):
        near[one.flatten(), other.flatten()] = near[other.flatten(), one.flatten()] = 1
    expected = torch.as_tensor(laplacian(near.numpy()))
    torch.testing.assert_close(membrane(3, 4), expected.to(torch.float32))


def test_a_membrane_over_a_slope_is_the_slope() -> None:
    slope = torch.arange(6, dtype=torch.float64).expand(5, 6).reshape(-1)
    known = torch.ones(5, 6, dtype=torch.bool)
    known[1:4, 2:4] = False
    A, zero = membrane(5, 6, dtype=torch.float64), torch.zeros(30, dtype=torch.float64)
    spoiled = torch.where(known.flatten(), slope, -7.0)
    torch.testing.assert_close(clamped_minimum(A, zero, spoiled, known.flatten()), slope)


def test_the_clamped_minimum_has_no_slope() -> None:
    M, mean = normal(6, 4, seed=1), normal(4, seed=2)
    A = M.mT @ M
    y = normal(3, 4)
    filled = clamped_minimum(A, mean, y, KNOWN)
    torch.testing.assert_close(filled[:, KNOWN], y[:, KNOWN])
    slope = (filled - mean) @ A
    torch.testing.assert_close(slope[:, ~KNOWN], torch.zeros(3, 2, dtype=torch.float64))


def test_errors(unchecked) -> None:
    y = torch.zeros(2, 4)
    with pytest.raises(ValueError, match=r"repeats must be an integer >= 1. Got 0."):
        replaced(lambda y, sigma: y, y, KNOWN, levels(3), repeats=0)
    with pytest.raises(ValueError, match=r"levels must fall"):
        replaced(lambda y, sigma: y, y, KNOWN, levels(3).flip(0))
    with pytest.raises(ValueError, match=r"rows must be an integer >= 1. Got 0."):
        membrane(0, 3)
    with pytest.raises(ValueError, match=r"columns must be an integer >= 1. Got 0."):
        membrane(3, 0)
