"""Recall lowers the energy; the modern energy is K-means'; a spoiled bit has its probability."""

import math
from itertools import product

import pytest
import torch
from scipy.stats import binom

from ebmlib.generative.kmeans import free_energy
from ebmlib.sampling.hopfield import (
    bit_error,
    energy,
    hopfield_weights,
    modern_energy,
    modern_recall,
    recall,
)


def signs(*shape: int, seed: int = 0) -> torch.Tensor:
    g = torch.Generator().manual_seed(seed)
    return 2.0 * torch.randint(0, 2, shape, generator=g).double() - 1


def test_the_weights_are_those_of_a_loop() -> None:
    X = signs(2, 5, 7)
    W = hopfield_weights(X)
    for net, i, j in product(range(2), range(7), range(7)):
        expected = 0.0 if i == j else sum(float(x[i] * x[j]) for x in X[net]) / 7
        assert W[net, i, j].item() == pytest.approx(expected, abs=1e-12)


def test_the_energy_is_its_double_sum() -> None:
    W, y = hopfield_weights(signs(4, 6)), signs(3, 6, seed=1)
    expected = -torch.einsum("pi,ij,pj->p", y, W, y) / 2
    torch.testing.assert_close(energy(W, y), expected)


def test_each_turn_lowers_the_energy_and_the_end_is_a_minimum() -> None:
    """Against all states that differ in one unit."""
    W, y = hopfield_weights(signs(9, 30)), signs(20, 30, seed=1)
    for _ in range(10):
        for i in range(30):
            new = recall(W, y, torch.tensor([i]))
            assert (energy(W, new) <= energy(W, y) + 1e-12).all()
            y = new
    for i in range(30):
        flipped = y.clone()
        flipped[:, i] *= -1
        assert (energy(W, flipped) >= energy(W, y) - 1e-12).all()


def test_one_pattern_is_recalled_or_its_negative() -> None:
    x = signs(1, 25)
    y = signs(40, 25, seed=2)
    end = recall(hopfield_weights(x), y, torch.arange(25).repeat(2))
    assert (end * x).mean(-1).abs().eq(1).all()


def test_several_nets_at_once_are_each_by_itself() -> None:
    X, y, order = signs(3, 4, 20), signs(3, 5, 20, seed=1), torch.arange(20).repeat(3)
    W = hopfield_weights(X)
    each = torch.stack([recall(one, start, order) for one, start in zip(W, y, strict=True)])
    torch.testing.assert_close(recall(W, y, order), each)


def test_a_field_of_zero_changes_nothing() -> None:
    y = signs(2, 4)
    torch.testing.assert_close(recall(torch.zeros(4, 4).double(), y, torch.arange(4)), y)


@pytest.mark.parametrize("dtype", [torch.float32, torch.float64])
@pytest.mark.parametrize(("P", "N"), [(4, 21), (6, 49), (40, 500)])
def test_rounding_does_not_decide_where_votes_cancel(P: int, N: int, dtype: torch.dtype) -> None:
    """Against votes that are counted in whole numbers; P(N - 1) is even, so that some cancel."""
    X, y, order = signs(3, P, N), signs(3, 20, N, seed=1), torch.arange(N).repeat(2)
    found = recall(hopfield_weights(X.to(dtype)), y.to(dtype), order)
    votes, state, ties = X.long(), y.long(), 0
    for i in order.tolist():
        field = ((state @ votes.mT) * votes[..., i][:, None]).sum(-1) - P * state[..., i]
        ties += int((field == 0).sum())
        state[..., i] = torch.where(field == 0, state[..., i], field.sign())
    assert ties > 20
    torch.testing.assert_close(found, state.to(dtype), rtol=0, atol=0)


@pytest.mark.parametrize(("P", "N"), [(2, 10), (52, 500), (92, 500), (5, 3)])
def test_a_spoiled_bit_is_scipys_binomial_tail(P: int, N: int) -> None:
    n = (P - 1) * (N - 1)
    expected = float(binom.cdf(math.ceil((n - N + 1) / 2) - 1, n, 0.5))
    assert bit_error(P, N) == pytest.approx(expected, rel=1e-6)
    assert bit_error(1, N) == 0


def test_a_spoiled_bit_is_counted() -> None:
    """In small nets, by one step on all patterns."""
    X = signs(4000, 6, 15)
    spoiled = ((X @ hopfield_weights(X)) * X < -1e-9).double().mean().item()
    assert spoiled == pytest.approx(bit_error(6, 15), rel=0.05)


@pytest.mark.parametrize("beta", [0.1, 1.0, 20.0])
def test_the_modern_energy_is_that_of_kmeans(beta: float, generator) -> None:
    X, y = signs(9, 12), torch.randn(30, 12, generator=generator(1), dtype=torch.float64)
    soft = free_energy(y, X.mT, beta / 2) / 2
    torch.testing.assert_close(modern_energy(X, y, beta), soft - 12 / 2 - math.log(9) / beta)


def test_the_modern_step_is_down_the_energy(generator) -> None:
    X = signs(9, 12)
    y = torch.randn(30, 12, generator=generator(1), dtype=torch.float64, requires_grad=True)
    (slope,) = torch.autograd.grad(modern_energy(X, y, 0.7).sum(), y)
    torch.testing.assert_close(modern_recall(X, y, 0.7), (y - slope).detach())
    step = modern_recall(X, y.detach(), 0.7)
    assert (modern_energy(X, step, 0.7) <= modern_energy(X, y, 0.7)).all()


def test_hot_is_the_mean_and_cold_the_nearest() -> None:
    X, y = signs(9, 31), signs(5, 31, seed=3)
    torch.testing.assert_close(modern_recall(X, y, 0.0), X.mean(0).expand(5, 31))
    torch.testing.assert_close(modern_recall(X, X, 100.0), X)


def test_errors(unchecked) -> None:
    with pytest.raises(ValueError, match=r"y must have shape \(\*nets, probes, 4\). Got \(2, 3\)."):
        recall(torch.zeros(4, 4), torch.ones(2, 3), torch.arange(3))
    with pytest.raises(ValueError, match=r"P must be an integer >= 1. Got 0."):
        bit_error(0, 5)
    with pytest.raises(ValueError, match=r"N must be an integer >= 2. Got 1."):
        bit_error(3, 1)
    with pytest.raises(ValueError, match=r"beta must be > 0. Got 0.0."):
        modern_energy(torch.ones(2, 3), torch.ones(3), 0.0)
    with pytest.raises(ValueError, match=r"beta must be >= 0. Got -1.0."):
        modern_recall(torch.ones(2, 3), torch.ones(3), -1.0)
