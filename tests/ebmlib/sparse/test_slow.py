"""Slow codes against scipy's generalised eigenvectors, turns against scipy's Procrustes."""

import math

import pytest
import torch
from scipy.linalg import eigh, orthogonal_procrustes

from ebmlib.sparse.slow import monomials, slow_features, turned, turns
from tests.helpers.draws import normal


def test_monomials_are_counted_and_named() -> None:
    y = torch.tensor([[2.0, 3.0]])
    assert monomials(y, 1).tolist() == [[2, 3]]
    assert monomials(y, 3).tolist() == [[2, 3, 4, 6, 9, 8, 12, 18, 27]]
    for dim, degree in ((3, 2), (4, 3), (1, 4)):
        features = monomials(normal(2, 5, dim), degree)
        assert features.shape == (2, 5, math.comb(dim + degree, degree) - 1)


def test_slow_codes_are_the_generalised_eigenvectors() -> None:
    y = normal(300, 3, seed=1).cumsum(0) * torch.tensor([0.1, 0.3, 1.0]) + normal(300, 3, seed=2)
    slow = slow_features(y, 2)
    phi = monomials(y, 2)
    C = torch.cov(phi.mT, correction=0)
    step = phi.diff(dim=0)
    D = step.mT @ step / len(step)
    theirs, w = eigh(D.numpy(), C.numpy())
    torch.testing.assert_close(slow.delta, torch.from_numpy(theirs), rtol=1e-8, atol=1e-10)
    torch.testing.assert_close((slow.W @ C @ torch.from_numpy(w)).abs(), torch.eye(9).double())
    torch.testing.assert_close(torch.cov(slow.h.mT, correction=0), torch.eye(9).double())
    torch.testing.assert_close(slow.h.diff(dim=0).square().mean(0), slow.delta)
    torch.testing.assert_close(slow.h, (phi - slow.mean) @ slow.W.mT)


def test_a_batch_is_each_of_its_sequences() -> None:
    y = normal(2, 50, 3, seed=3).cumsum(1)
    both = slow_features(y, 2)
    for k in range(2):
        torch.testing.assert_close(both.delta[k], slow_features(y[k], 2).delta)


def test_two_waves_are_told_apart_and_their_periods_read() -> None:
    t = torch.arange(6000, dtype=torch.float64) * 2 * math.pi
    waves = torch.stack([(t / 200).sin(), (t / 20).sin()], 1)
    slow = slow_features(waves @ normal(2, 2, seed=4))
    expected = 2 - 2 * torch.cos(2 * math.pi / torch.tensor([200.0, 20.0]).double())
    torch.testing.assert_close(slow.delta, expected, rtol=1e-3, atol=0)
    same = (slow.h.mT @ waves * 2**0.5 / 6000).abs()
    torch.testing.assert_close(same, torch.eye(2).double(), atol=1e-3, rtol=0)


def rotation(seed: int, dim: int) -> torch.Tensor:
    return torch.linalg.qr(normal(dim, dim, seed=seed)).Q


@pytest.mark.parametrize(("dim", "noise"), [(6, 0.0), (7, 0.0), (6, 0.5), (9, 0.5)])
def test_turns_are_the_procrustes_map_in_pairs(dim: int, noise: float) -> None:
    y = normal(60, dim, seed=5)
    y_next = y @ rotation(6, dim).mT + noise * normal(60, dim, seed=7)
    found = turns(y, y_next)
    theirs, _ = orthogonal_procrustes(y.numpy(), y_next.numpy())
    torch.testing.assert_close(found.A.mT, torch.from_numpy(theirs))
    if not noise:
        torch.testing.assert_close(found.A, rotation(6, dim))
    rows = found.W.flatten(0, 1)
    rows = rows[rows.norm(dim=1) > 0.5]
    torch.testing.assert_close(rows @ rows.mT, torch.eye(dim).double())  # all of space, once
    h = torch.einsum("kid,nd->nki", found.W, y)
    onward = torch.einsum("kid,nd->nki", found.W, y @ found.A.mT)
    torch.testing.assert_close(turned(h, found.angle), onward)
    back = torch.einsum("kid,nki->nd", found.W, turned(h, found.angle))
    torch.testing.assert_close(back, y @ found.A.mT)
    assert (found.angle.diff() >= 0).all()
    assert found.angle[0] >= 0
    assert found.angle[-1] <= math.pi


def test_a_shift_of_a_ring_turns_its_fourier_pairs() -> None:
    y = normal(100, 8, seed=8)
    found = turns(y, y.roll(1, 1))
    torch.testing.assert_close(found.angle, torch.arange(5.0).double() * math.pi / 4)
    power = torch.fft.fft(found.W).abs().square().sum(1)
    for k in range(5):
        own = power[k, k] + (power[k, -k] if k not in (0, 4) else 0)
        assert own / power[k].sum() > 1 - 1e-9, (k, power[k])


def test_errors(unchecked) -> None:
    with pytest.raises(ValueError, match=r"degree must be an integer >= 1. Got 0."):
        monomials(torch.ones(2), 0)
    with pytest.raises(ValueError, match=r"y must have shape \(\*batch, T, dim\). Got \(3,\)."):
        slow_features(torch.ones(3))
    with pytest.raises(ValueError, match=r"y must hold no NaN. Got 4 of them."):
        slow_features(torch.full((2, 2), torch.nan))
    with pytest.raises(ValueError, match=r"y must have shape \(n, dim\). Got \(3,\)."):
        turns(torch.ones(3), torch.ones(3))
    with pytest.raises(ValueError, match=r"y_next must have shape \(3, 2\). Got \(3, 4\)."):
        turns(torch.ones(3, 2), torch.ones(3, 4))
    with pytest.raises(ValueError, match=r"y_next must have shape \(3, 2\). Got \(4, 2\)."):
        turns(torch.ones(3, 2), torch.ones(4, 2))
