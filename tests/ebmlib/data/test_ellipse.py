"""The ellipse's data against their formula."""

import math

import pytest
import torch

from ebmlib.data.ellipse import ellipse, rho


def test_rho_at_its_ends() -> None:
    torch.testing.assert_close(rho(torch.tensor([[0.0]])), torch.tensor([[2.0, 1.5]]))
    e2 = math.exp(2)
    torch.testing.assert_close(rho(torch.tensor([[1.0]])), torch.tensor([[1.5 * e2, 2 * e2]]))


def test_ellipse_is_its_formula(generator) -> None:
    x, theta, y = ellipse(500, noise=0, generator=generator(0), dtype=torch.float64)
    on_the_circle = y / rho(x)
    torch.testing.assert_close(on_the_circle.norm(dim=-1), torch.ones(500).double())
    angle = torch.atan2(on_the_circle[:, 1:], on_the_circle[:, :1])
    turns = (angle - theta) / (2 * math.pi)
    torch.testing.assert_close(turns, turns.round())
    assert bool(((x >= 0) & (x < 1)).all())
    assert bool(((theta >= 0) & (theta < 2 * math.pi)).all())
    torch.testing.assert_close(x.mean(), torch.tensor(0.5).double(), atol=0.05, rtol=0)
    torch.testing.assert_close(theta.mean(), torch.tensor(math.pi).double(), atol=0.3, rtol=0)


def test_ellipse_noise_and_fixed_x(generator) -> None:
    x, theta, y = ellipse(20_000, x=0, generator=generator(1))
    assert bool((x == 0).all())
    eps = y - torch.tensor([2, 1.5]) * torch.cat([theta.cos(), theta.sin()], -1)
    torch.testing.assert_close(eps.T.cov(), torch.eye(2) / 400, atol=1e-4, rtol=0)


def test_same_seed_same_ellipse(generator) -> None:
    first, again, other = (ellipse(5, generator=generator(seed)).y for seed in (7, 7, 8))
    assert torch.equal(first, again)
    assert not torch.equal(first, other)


def test_bad_ellipse(unchecked) -> None:
    with pytest.raises(ValueError, match=r"n must be an integer >= 1. Got 0"):
        ellipse(0)
    with pytest.raises(ValueError, match=r"noise must be >= 0. Got -1"):
        ellipse(3, noise=-1)


@pytest.mark.usefixtures("unchecked")
def test_wrong_shape() -> None:
    with pytest.raises(ValueError, match=r"x must have shape \(\*batch, 1\). Got \(3,\)"):
        rho(torch.zeros(3))


def test_shapes_are_checked_under_test() -> None:
    with pytest.raises(TypeError):
        rho(torch.zeros(3))
