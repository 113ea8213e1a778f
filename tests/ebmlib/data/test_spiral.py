"""The spiral against its formula."""

import math

import pytest
import torch

from ebmlib.data.spiral import spiral


def test_same_seed_same_spiral(generator) -> None:
    first, again, other = (spiral(5, generator=generator(seed)).x for seed in (7, 7, 8))
    assert torch.equal(first, again)
    assert not torch.equal(first, other)


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


def test_bad_spiral(unchecked) -> None:
    with pytest.raises(ValueError, match=r"variant must be 'a' or 'b'. Got 'c'"):
        spiral(3, variant="c")
    with pytest.raises(ValueError, match=r"K must be an integer >= 1. Got 0"):
        spiral(3, K=0)
