"""Energies and free energies over a grid against integrals, gradients and by hand."""

import math

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from scipy.integrate import quad

from ebmlib.data.ellipse import ellipse
from ebmlib.energy import energies, free_energy, free_energy_inf, gibbs
from ebmlib.grids import angles
from ebmlib.latent.ellipse import UNTRAINED, Ellipse

GRID = angles(dtype=torch.float64)


def model(w: tuple[float, float]) -> Ellipse:
    return Ellipse(torch.tensor(w, dtype=torch.float64)).requires_grad_(False)


@given(
    st.tuples(st.floats(-3, 3), st.floats(-3, 3)),
    st.tuples(st.floats(-3, 3), st.floats(-3, 3)),
    st.floats(0.1, 5),
)
def test_grid_equals_integral(w, y, beta: float) -> None:
    """The mean over 48 even angles is the mean over the circle, for moderate energies."""
    E = model((w[0] / 3, w[1] / 3))

    def boltzmann(z: float) -> float:
        e = (y[0] - w[0] / 3 * math.cos(z)) ** 2 + (y[1] - w[1] / 3 * math.sin(z)) ** 2
        return math.exp(-beta * (e - low))

    low = float(free_energy_inf(E, torch.tensor([y]).double(), GRID).F)
    mean = quad(boltzmann, 0, 2 * math.pi, epsabs=1e-12)[0] / (2 * math.pi)
    F = free_energy(E, torch.tensor([y]).double(), GRID, beta)
    assert float(F) == pytest.approx(low - math.log(mean) / beta, abs=1e-6)


@given(st.floats(0, 50), st.floats(0, 50), st.integers(0, 1000))
def test_colder_is_lower(beta_1: float, beta_2: float, seed: int) -> None:
    y = 3 * torch.randn(4, 2, generator=torch.Generator().manual_seed(seed)).double()
    cold, hot = max(beta_1, beta_2), min(beta_1, beta_2)
    E = model(UNTRAINED)
    F_cold, F_hot = free_energy(E, y, GRID, cold), free_energy(E, y, GRID, hot)
    F_inf, _ = free_energy_inf(E, y, GRID)
    assert bool((F_cold <= F_hot + 1e-9).all())
    assert bool((F_inf <= F_cold + 1e-9).all())
    if cold > 0:
        assert bool((F_cold - F_inf <= math.log(48) / cold + 1e-9).all())


def test_energies_by_hand(generator) -> None:
    y = ellipse(24, x=0, generator=generator(0)).y
    z, E = angles(), Ellipse()
    e = energies(E, y, z)
    for b, n in ((0, 0), (3, 17), (23, 47)):
        gap = y[b] - torch.tensor([1.45 * math.cos(z[n]), 0.35 * math.sin(z[n])])
        torch.testing.assert_close(e[b, n], gap @ gap)
    F, z_check = free_energy_inf(E, y, z)
    torch.testing.assert_close(F, e.amin(1))
    torch.testing.assert_close(E(y, z_check), F)
    torch.testing.assert_close(free_energy(E, y, z), F)


def test_latents_of_several_dimensions(generator) -> None:
    A = torch.randn(3, 2, generator=generator(0))
    y, z = torch.randn(5, 3, generator=generator(1)), torch.randn(7, 2, generator=generator(2))
    e = energies(lambda y, z: (y - z @ A.T).square().sum(-1), y, z)
    torch.testing.assert_close(e, torch.cdist(y, z @ A.T).square())


def test_observed_variables_broadcast(generator) -> None:
    """An energy that closes over x of shape (batch, features) needs no unsqueezing."""
    x, y = torch.rand(5, 1, generator=generator(0)), torch.randn(5, 2, generator=generator(1))

    def E(y: torch.Tensor, z: torch.Tensor) -> torch.Tensor:
        return (y - x * torch.cat([z.cos(), z.sin()], -1)).square().sum(-1)

    e, z = energies(E, y, angles(8)), angles(8)
    for b in range(5):
        gap = y[b] - x[b] * torch.cat([z.cos(), z.sin()], -1)
        torch.testing.assert_close(e[b], gap.square().sum(-1))


@pytest.mark.parametrize("beta", [0.0, 0.7, 20.0, math.inf])
def test_gradient_is_the_gibbs_mean(generator, beta: float) -> None:
    y = ellipse(6, x=0, generator=generator(3), dtype=torch.float64).y.requires_grad_()
    E = model(UNTRAINED)
    (force,) = torch.autograd.grad(free_energy(E, y, GRID, beta).sum(), y)
    P = gibbs(E, y, GRID, beta).detach()
    gaps = 2 * (y.detach()[:, None] - E.decode(GRID).detach())
    torch.testing.assert_close(force, (P[..., None] * gaps).sum(1))


def test_bad_input(unchecked) -> None:
    E, y, z = Ellipse(), torch.zeros(24, 2), angles()
    with pytest.raises(ValueError, match=r"y must have shape \(batch, dim\). Got \(2,\)."):
        energies(E, y[0], z)
    with pytest.raises(ValueError, match=r"at least one latent. Got shape \(0, 1\)."):
        energies(E, y, z[:0])
    with pytest.raises(ValueError, match=r"y must hold no NaN. Got 2 of them."):
        energies(E, torch.full((1, 2), math.nan), z)
    with pytest.raises(ValueError, match=r"beta must be >= 0. Got -0.5."):
        free_energy(E, y, z, -0.5)
    with pytest.raises(
        ValueError, match=r"E must return shape .* = \(48, 24\). Got \(48, 24, 2\)."
    ):
        energies(lambda y, z: y - E.decode(z), y, z)
