"""The data sets against their formulas."""

import math

import pytest
import torch

from ebmlib.data.ellipse import ellipse, rho
from ebmlib.data.spiral import spiral


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


def test_same_seed_same_samples(generator) -> None:
    for draw in (lambda g: ellipse(5, generator=g).y, lambda g: spiral(5, generator=g).x):
        assert torch.equal(draw(generator(7)), draw(generator(7)))
        assert not torch.equal(draw(generator(7)), draw(generator(8)))


@pytest.mark.parametrize(("variant", "K", "inner"), [("a", 3, 0.0), ("b", 5, 0.2)])
def test_spiral_is_its_formula(variant, K: int, inner: float) -> None:
    x, y = spiral(101, variant=variant, noise=0, dtype=torch.float64)
    assert x.shape == (K * 101, 2)
    assert y.dtype == torch.long
    assert y.bincount().tolist() == [101] * K
    arms, t = x.view(K, 101, 2), torch.linspace(0, 1, 101, dtype=torch.float64)
    torch.testing.assert_close(arms.norm(dim=-1), (inner + (1 - inner) * t).expand(K, -1))
    for k in range(K):
        angle = 2 * math.pi / K * k + t[50] * 4 * math.pi / K  # half-way along the arm
        truth = arms[k, 50].norm() * torch.stack([angle.cos(), angle.sin()])
        torch.testing.assert_close(arms[k, 50], truth)


def test_spiral_noise(generator) -> None:
    smooth = spiral(2000, noise=0).x
    noisy = spiral(2000, generator=generator(0)).x
    turn = torch.atan2(noisy[:, 1], noisy[:, 0]) - torch.atan2(smooth[:, 1], smooth[:, 0])
    turn = torch.remainder(turn + math.pi, 2 * math.pi) - math.pi
    assert float(turn[turn != 0].std()) == pytest.approx(0.2, abs=0.01)
    assert spiral(4, K=7).y.max() == 6


@pytest.mark.usefixtures("unchecked")
def test_bad_input() -> None:
    with pytest.raises(ValueError, match=r"n must be an integer >= 1. Got 0"):
        ellipse(0)
    with pytest.raises(ValueError, match=r"noise must be >= 0. Got -1"):
        ellipse(3, noise=-1)
    with pytest.raises(ValueError, match=r"variant must be 'a' or 'b'. Got 'c'"):
        spiral(3, variant="c")
    with pytest.raises(ValueError, match=r"K must be an integer >= 1. Got 0"):
        spiral(3, K=0)


@pytest.mark.usefixtures("unchecked")
def test_wrong_shape() -> None:
    with pytest.raises(ValueError, match=r"x must have shape \(\*batch, 1\). Got \(3,\)"):
        rho(torch.zeros(3))


def test_shapes_are_checked_under_test() -> None:
    with pytest.raises(TypeError):
        rho(torch.zeros(3))
