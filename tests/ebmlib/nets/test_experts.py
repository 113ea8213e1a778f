"""Experts and their gate: densities that integrate to one, and switches in their limits."""

import math

import pytest
import torch

from ebmlib.nets.experts import MixtureOfExperts


def made(generator, **how) -> MixtureOfExperts:
    how = {"dim": 2, "out": 1, "experts": 3, "sigma": 0.4} | how
    return MixtureOfExperts(generators=[generator(0), generator(1)], dtype=torch.float64, **how)


def test_the_free_energy_is_minus_the_log_of_a_density(generator) -> None:
    model = made(generator)
    x = torch.randn(1, 1, 2, generator=generator(2), dtype=torch.float64)
    y = torch.linspace(-30, 30, 60001, dtype=torch.float64)
    F = model.F(x.expand(1, len(y), 2), y[None, :, None])
    area = torch.exp(-F - model.constant()).sum(-1) * (y[1] - y[0])
    torch.testing.assert_close(area, torch.ones(2, dtype=torch.float64))


def test_against_torchs_mixture(generator) -> None:
    model = made(generator, out=2)
    x = torch.randn(2, 7, 2, generator=generator(2), dtype=torch.float64)
    y = torch.randn(2, 7, 2, generator=generator(3), dtype=torch.float64)
    gate = torch.distributions.Categorical(logits=model.log_gate(x))
    normal = torch.distributions.Normal(model.experts(x), model.sigma)
    mixed = torch.distributions.MixtureSameFamily(gate, torch.distributions.Independent(normal, 1))
    torch.testing.assert_close(model.F(x, y) + model.constant(), -mixed.log_prob(y))
    torch.testing.assert_close(model.blend(x), mixed.mean)


def test_cold_counts_the_best_alone(generator) -> None:
    model = made(generator)
    x = torch.randn(2, 7, 2, generator=generator(2), dtype=torch.float64)
    y = torch.randn(2, 7, 1, generator=generator(3), dtype=torch.float64)
    e = (y[..., None, :] - model.experts(x)).square().sum(-1) / 0.32 - model.log_gate(x)
    torch.testing.assert_close(model.F(x, y, math.inf), e.amin(-1))
    torch.testing.assert_close(model.F(x, y, 1e4), e.amin(-1), atol=1e-3, rtol=0)


def test_a_steep_gate_is_a_switch(generator) -> None:
    model = made(generator, out=2)
    x = torch.randn(2, 50, 2, generator=generator(2), dtype=torch.float64)
    hard = model.blend(x, hard=True)
    best = model.log_gate(x).argmax(-1)
    for n in range(2):
        for b in range(50):
            torch.testing.assert_close(hard[n, b], model.experts(x)[n, b, best[n, b]])
    model.V.data *= 1e7
    torch.testing.assert_close(model.blend(x), hard)


def test_a_mixture_does_not_depend_on_how_many_others_there_are(generator) -> None:
    alone = MixtureOfExperts(2, 1, 3, [generator(1)], dtype=torch.float64)
    torch.testing.assert_close(alone.W[0], made(generator).W[1])
    torch.testing.assert_close(alone.V[0], made(generator).V[1])


def test_errors(generator, unchecked) -> None:
    model = made(generator)
    with pytest.raises(ValueError, match=r"x must have shape \(nets, batch, 2\)"):
        model.blend(torch.zeros(1, 5, 3, dtype=torch.float64))
    with pytest.raises(ValueError, match=r"y must have shape \(nets, batch, 1\)"):
        model.F(torch.zeros(1, 5, 2, dtype=torch.float64), torch.zeros(1, 5, 2))
    with pytest.raises(ValueError, match=r"sigma must be finite and > 0. Got 0.0."):
        made(generator, sigma=0.0)
    with pytest.raises(ValueError, match=r"generators must hold one a mixture. Got none."):
        MixtureOfExperts(2, 1, 3, [])
    with pytest.raises(ValueError, match=r"experts must be an integer >= 1. Got 0."):
        made(generator, experts=0)
