"""Clusters: how far from their centres, and how many."""

import pytest
import torch

from ebmlib.data.ring import clusters, ring_centres


def test_clusters_and_ring(generator) -> None:
    centres = ring_centres(8, radius=2.0, dtype=torch.float64)
    torch.testing.assert_close(centres.norm(dim=-1), torch.full((8,), 2.0).double())
    y = clusters(4000, centres, noise=0.05, generator=generator(0))
    distance, k = torch.cdist(y, centres).min(-1)
    assert torch.bincount(k).min() > 400
    assert distance.square().mean().item() == pytest.approx(2 * 0.05**2, rel=0.05)


def test_errors_of_the_ring(unchecked) -> None:
    with pytest.raises(ValueError, match=r"centres must have shape \(modes, dim\). Got \(2,\)."):
        clusters(3, torch.zeros(2))
    with pytest.raises(ValueError, match=r"the number of centres must be an integer >= 1. Got 0."):
        clusters(3, torch.zeros(0, 2))
