"""Walks lie as closed forms and quadrature say; leapfrog is reversible and keeps volume."""

import math

import pytest
import torch

from ebmlib.sampling.walk import (
    autocorrelation_time,
    hamilton,
    langevin,
    leapfrog,
    metropolis,
    slope,
    tempered,
)


def double_well(y: torch.Tensor) -> torch.Tensor:
    return ((y.square() - 1).square() + 0.3 * y).sum(-1)


def bowl(y: torch.Tensor) -> torch.Tensor:
    return y.square().sum(-1) / 2


def exact(mean_of, E=double_well) -> float:
    y = torch.linspace(-4, 4, 8001, dtype=torch.float64)[:, None]
    p = (-E(y)).exp()
    return float((mean_of(y[:, 0]) * p).sum() / p.sum())


def start(*shape: int, seed: int = 0) -> torch.Tensor:
    g = torch.Generator().manual_seed(seed)
    return torch.randn(*shape, generator=g, dtype=torch.float64)


def test_the_slope_is_the_derivative() -> None:
    y = start(5, 3)
    torch.testing.assert_close(slope(double_well, y), 4 * y * (y.square() - 1) + 0.3)


@pytest.mark.parametrize(("s", "h"), [(1.0, 0.5), (0.5, 0.2), (2.0, 1.0)])
def test_langevin_is_as_wide_as_its_formula(s: float, h: float, generator) -> None:
    walk = langevin(lambda y: bowl(y / s), start(20000, 1), h=h, steps=80, generator=generator(1))
    *_, last = walk
    assert last.var().item() == pytest.approx(s**2 / (1 - h / (2 * s**2)), rel=0.05)


@pytest.mark.parametrize("way", ["metropolis", "one leap", "five leaps"])
def test_with_the_test_they_draw_from_the_energy(way: str, generator) -> None:
    """Against quadrature, with long steps: means of y, of its square, of its sign."""
    y = start(4000, 1) / 2
    if way == "metropolis":
        walk = metropolis(double_well, y, size=1.0, steps=200, generator=generator(2))
    else:
        leaps = 1 if way == "one leap" else 5
        walk = hamilton(double_well, y, eps=0.4, leaps=leaps, steps=200, generator=generator(2))
    seen = torch.stack([move.y[:, 0] for k, move in enumerate(walk) if k >= 150])
    for mean_of in (lambda y: y, torch.square, torch.sign):
        assert mean_of(seen).mean().item() == pytest.approx(exact(mean_of), abs=0.04)


def test_a_rejected_walker_stays_and_an_accepted_one_moves(generator) -> None:
    y, seen = start(50, 2), 0
    for move in hamilton(bowl, y, eps=1.5, leaps=2, steps=20, generator=generator(3)):
        assert ((move.y != y).any(-1) == move.accepted).all()
        y, seen = move.y, seen + int((~move.accepted).sum())
    assert seen > 0


def test_leapfrog_is_reversible_and_keeps_volume() -> None:
    y, v = start(4, 2), start(4, 2, seed=1)
    there = leapfrog(double_well, y, v, eps=0.1, leaps=7)
    back = leapfrog(double_well, there[0], -there[1], eps=0.1, leaps=7)
    torch.testing.assert_close(back, (y, -v), atol=1e-12, rtol=0)

    def flat(u: torch.Tensor) -> torch.Tensor:
        return torch.cat(leapfrog(double_well, u[:2], u[2:], eps=0.1, leaps=7))

    u, d = torch.cat((y[0], v[0])), 1e-5
    sides = d * torch.eye(4, dtype=torch.float64)
    J = torch.stack([(flat(u + side) - flat(u - side)) / (2 * d) for side in sides], 1)
    assert torch.linalg.det(J).item() == pytest.approx(1, abs=1e-8)


def test_one_leap_is_langevins_step(generator) -> None:
    """And its test is that of Hastings for a proposal that is not symmetric."""
    y, v, eps = start(6, 2), start(6, 2, seed=1), 0.3
    h = eps**2 / 2
    new, w = leapfrog(double_well, y, v, eps=eps, leaps=1)
    torch.testing.assert_close(new, y - h * slope(double_well, y) + (2 * h) ** 0.5 * v)

    def log_q(to: torch.Tensor, at: torch.Tensor) -> torch.Tensor:
        return -(to - at + h * slope(double_well, at)).square().sum(-1) / (4 * h)

    rise = double_well(new) - double_well(y)
    hastings = rise + log_q(new, y) - log_q(y, new)
    torch.testing.assert_close(rise + (w.square() - v.square()).sum(-1) / 2, hastings)


def test_the_ladder_finds_the_weights_of_far_modes(generator) -> None:
    def E(y: torch.Tensor) -> torch.Tensor:
        logs = [math.log(w) - (y - m).square().sum(-1) / 2 for w, m in ((0.8, -4), (0.2, 4))]
        return -torch.logsumexp(torch.stack(logs), 0)

    betas = torch.tensor([1.0, 0.4, 0.15, 0.05], dtype=torch.float64)
    y = 4 * start(4, 500, 1)
    walk = tempered(E, y, betas, h=0.3, rounds=400, generator=generator(4))
    moves = [move for k, move in enumerate(walk) if k >= 200]
    left = torch.stack([(move.y[0] < 0).double().mean() for move in moves])
    assert left.mean().item() == pytest.approx(0.8, abs=0.03)
    swapped = torch.stack([move.accepted for move in moves])
    assert not swapped[:, -1].any()
    assert swapped[:, :-1].double().mean() > 0.3
    hot = torch.stack([move.y[1] for move in moves])  # the second rung, by quadrature
    truth = exact(torch.square, lambda y: 0.4 * E(y * 4)) * 16
    assert hot.square().mean().item() == pytest.approx(truth, rel=0.05)


def test_the_autocorrelation_time_of_an_autoregression(generator) -> None:
    g, a = generator(5), 0.8
    y, path = start(64), []
    for _ in range(4000):
        y = a * y + math.sqrt(1 - a**2) * torch.randn(64, generator=g, dtype=torch.float64)
        path.append(y)
    assert autocorrelation_time(torch.stack(path)) == pytest.approx((1 + a) / (1 - a), rel=0.05)
    assert autocorrelation_time(start(4000, 8)) == pytest.approx(1, abs=0.05)


def test_errors(unchecked) -> None:
    y = torch.zeros(3, 1)
    with pytest.raises(ValueError, match=r"h must be finite and > 0. Got 0."):
        langevin(bowl, y, h=0.0, steps=1)
    with pytest.raises(ValueError, match=r"steps must be an integer >= 1. Got 0."):
        metropolis(bowl, y, size=1.0, steps=0)
    with pytest.raises(ValueError, match=r"size must be finite and > 0. Got -1.0."):
        metropolis(bowl, y, size=torch.tensor([1.0, -1.0]), steps=1)
    with pytest.raises(ValueError, match=r"eps must be finite and > 0. Got 0."):
        hamilton(bowl, y, eps=0.0, leaps=1, steps=1)
    with pytest.raises(ValueError, match=r"leaps must be an integer >= 1. Got 0."):
        leapfrog(bowl, y, y, eps=0.1, leaps=0)
    with pytest.raises(ValueError, match=r"y must have shape \(2, chains, d\). Got \(3, 1\)."):
        tempered(bowl, y, torch.ones(2), h=0.1, rounds=1)
    with pytest.raises(ValueError, match=r"the number of steps must be an integer >= 2. Got 1."):
        autocorrelation_time(torch.zeros(1, 3))
    with pytest.raises(ValueError, match="3 steps are too few"):
        autocorrelation_time(torch.tensor([[-1.0, 1.0]]).repeat(3, 1))
