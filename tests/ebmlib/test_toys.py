"""The toys: sizes, noise, distances to the arc, planted supports."""

import math

import pytest
import torch

from ebmlib.data.arc import ARC, arc, nearest_on_arc
from ebmlib.data.planted import planted
from ebmlib.data.ring import clusters, ring_centres
from ebmlib.grids import circle


def test_arc_lies_near_the_circle(generator) -> None:
    clean = arc(500, noise=0.0, generator=generator(0), dtype=torch.float64)
    torch.testing.assert_close(clean.norm(dim=-1), torch.ones(500).double())
    noisy = arc(20000, noise=0.1, generator=generator(0), dtype=torch.float64)
    inside = (nearest_on_arc(noisy).theta - ARC[0]).squeeze() * (ARC[1] - ARC[0])
    across = noisy.norm(dim=-1)[(inside > 0.5)] - 1
    assert across.std().item() == pytest.approx(0.1, rel=0.05)


def test_nearest_equals_an_exhaustive_search(generator) -> None:
    y = 2 * torch.randn(300, 2, generator=generator(1), dtype=torch.float64)
    fine = circle(torch.linspace(*ARC, 100_001, dtype=torch.float64)[:, None])
    near = nearest_on_arc(y)
    exact = torch.cdist(y, fine).min(-1).values
    torch.testing.assert_close((near.y - y).norm(dim=-1), exact, atol=1e-7, rtol=0)
    torch.testing.assert_close((near.tangent * near.y).sum(-1), torch.zeros(300).double())


def test_clusters_and_ring(generator) -> None:
    centres = ring_centres(8, radius=2.0, dtype=torch.float64)
    torch.testing.assert_close(centres.norm(dim=-1), torch.full((8,), 2.0).double())
    y = clusters(4000, centres, noise=0.05, generator=generator(0))
    distance, k = torch.cdist(y, centres).min(-1)
    assert torch.bincount(k).min() > 400
    assert distance.square().mean().item() == pytest.approx(2 * 0.05**2, rel=0.05)


def test_planted(generator, unchecked) -> None:
    W = torch.randn(16, 32, generator=generator(0), dtype=torch.float64)
    y, z, support = planted(200, W, 2, generator=generator(1))
    assert ((z != 0).sum(-1) == 2).all()
    assert support.shape == (200, 2)
    torch.testing.assert_close(y, z @ W.mT)
    size = z[z != 0].abs()
    assert 0.5 <= size.min() <= size.max() <= 1.5
    with pytest.raises(ValueError, match="at most the number of atoms, 32"):
        planted(3, W, 33)


def test_errors(unchecked) -> None:
    with pytest.raises(ValueError, match=r"noise must be >= 0. Got nan"):
        arc(3, noise=math.nan)
    with pytest.raises(ValueError, match=r"y must have shape \(\*batch, 2\). Got \(4, 3\)."):
        nearest_on_arc(torch.zeros(4, 3))
    with pytest.raises(ValueError, match=r"centres must have shape \(modes, dim\). Got \(2,\)."):
        clusters(3, torch.zeros(2))
    with pytest.raises(ValueError, match=r"the number of centres must be an integer >= 1. Got 0."):
        clusters(3, torch.zeros(0, 2))
    with pytest.raises(ValueError, match=r"W must have shape \(dim, atoms\). Got \(2,\)."):
        planted(3, torch.zeros(2))
