"""Machines of binary units against sums over all their states, hidden ones among them."""

import itertools

import pytest
import torch

from ebmlib.sampling.boltzmann import RBM, enumerate_states, flip_gaps, machine_energy

DOUBLE = {"dtype": torch.float64}


def machine(generator, D: int = 5) -> tuple[torch.Tensor, torch.Tensor]:
    J = torch.randn(D, D, generator=generator, **DOUBLE).triu(1)
    return J + J.mT, torch.randn(D, generator=generator, **DOUBLE)


def rbm(generator, batch: tuple[int, ...] = ()) -> RBM:
    shapes = ((*batch, 4, 3), (*batch, 4), (*batch, 3))
    return RBM(*(torch.randn(shape, generator=generator, **DOUBLE) for shape in shapes))


@pytest.mark.parametrize("low", [-1.0, 0.0])
def test_states_are_those_of_itertools(low: float) -> None:
    expected = torch.tensor(list(itertools.product((low, 1.0), repeat=4)))
    torch.testing.assert_close(enumerate_states(4, low), expected)


def test_energy_is_a_sum_over_pairs_and_units(generator) -> None:
    J, b = machine(generator(0))
    for y in enumerate_states(5).double():
        pairs = sum(J[i, j] * y[i] * y[j] for i, j in itertools.combinations(range(5), 2))
        torch.testing.assert_close(machine_energy(y, J, b), -pairs - (b * y).sum())


def test_gaps_are_differences_of_energies(generator) -> None:
    J, b = machine(generator(1))
    y = enumerate_states(5).double()
    flipped = y[:, None] * (1 - 2 * torch.eye(5, **DOUBLE))
    expected = machine_energy(flipped, J, b) - machine_energy(y, J, b)[:, None]
    torch.testing.assert_close(flip_gaps(y, J, b), expected)


def test_free_energy_sums_the_hidden_units_out(generator) -> None:
    m, h = rbm(generator(2)), enumerate_states(3, 0.0).double()
    y = enumerate_states(4, 0.0).double()
    e = -(y @ m.a)[:, None] - (h @ m.b) - y @ m.W @ h.mT
    torch.testing.assert_close(m.F(y), -torch.logsumexp(-e, 1))


def test_gradient_is_autograds(generator) -> None:
    m = rbm(generator(3), (2,))
    y = enumerate_states(4, 0.0).double()
    data = y[[1, 5, 6]].expand(2, 3, 4)
    parts = [one.clone().requires_grad_() for one in (m.W, m.a, m.b)]
    live = RBM(*parts)
    F = live.F(y.expand(2, 16, 4))
    nll = (live.F(data).mean(1) + (-F).logsumexp(1)).sum()
    expected = torch.autograd.grad(nll, parts)
    q = torch.softmax(-m.F(y.expand(2, 16, 4)), 1)
    for ours, theirs in zip(m.gradient(data, y.expand(2, 16, 4), q), expected, strict=True):
        torch.testing.assert_close(ours, theirs)
    even = (live.F(data).mean(1) - live.F(data[:, :2]).mean(1)).sum()
    expected = torch.autograd.grad(even, parts)
    for ours, theirs in zip(m.gradient(data, data[:, :2]), expected, strict=True):
        torch.testing.assert_close(ours, theirs)


def test_gibbs_draws_from_the_enumerated_density(generator) -> None:
    g = generator(4)
    m, y = rbm(g, (1,)), enumerate_states(4, 0.0).double()
    start = torch.zeros(1, 40_000, 4, **DOUBLE)
    ends = m.gibbs(start, 40, g)[0]
    place = (ends @ torch.tensor([8.0, 4.0, 2.0, 1.0], **DOUBLE)).long()
    share = torch.bincount(place, minlength=16) / 40_000
    p = torch.softmax(-m.F(y[None])[0], 0)
    assert (share - p).abs().max() < 0.015


def test_errors(unchecked) -> None:
    J, b, y = torch.zeros(3, 3), torch.zeros(3), torch.ones(2, 3)
    with pytest.raises(ValueError, match=r"D must be at most 20: there are 2\^D states. Got 21."):
        enumerate_states(21)
    with pytest.raises(ValueError, match=r"J must have shape \(3, 3\). Got \(2, 3\)."):
        flip_gaps(y, J[:2], b)
    with pytest.raises(ValueError, match=r"b must have shape \(3,\). Got \(2,\)."):
        machine_energy(y, J, b[:2])
    with pytest.raises(ValueError, match=r"b must have shape \(2,\). Got \(3,\)."):
        RBM(torch.zeros(3, 2), b, b)
    m = RBM(J, b, b)
    with pytest.raises(ValueError, match=r"y must have shape \(..., states, 3\). Got \(2, 4\)."):
        m.F(torch.zeros(2, 4))
    with pytest.raises(ValueError, match=r"steps must be an integer >= 1. Got 0."):
        m.gibbs(y, 0)
