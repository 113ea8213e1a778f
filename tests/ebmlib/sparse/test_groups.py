"""Groups: the proximal map against a search, the codes against optimality and plain codes."""

import pytest
import torch

from ebmlib.sparse.codes import energy, fista, shrink
from ebmlib.sparse.dictionary import unit_columns
from ebmlib.sparse.groups import group_energy, group_fista, group_norms, group_shrink
from tests.helpers.draws import normal


def test_the_prox_is_the_lowest_of_all_places_of_a_grid() -> None:
    side = torch.linspace(-4, 4, 801, dtype=torch.float64)
    z = torch.cartesian_prod(side, side)
    for s in normal(10, 2, seed=1):
        cost = 0.5 * (z - s).square().sum(-1) + 0.7 * z.norm(dim=-1)
        torch.testing.assert_close(group_shrink(s, 0.7, 2), z[cost.argmin()], atol=0.008, rtol=0)


def test_groups_of_one_are_sparse_coding() -> None:
    y, W = normal(9, 5, seed=2), unit_columns(normal(5, 8, seed=3))
    z = normal(9, 8, seed=4)
    torch.testing.assert_close(group_shrink(z, 0.3, 1), shrink(z, 0.3))
    torch.testing.assert_close(group_energy(y, z, W, 0.3, 1), energy(y, z, W, 0.3))
    ours, theirs = group_fista(y, W, 0.3, 1, steps=80), fista(y, W, 0.3, steps=80).z
    torch.testing.assert_close(ours, theirs)


def test_codes_are_optimal() -> None:
    """At a minimum -g is lambda z_g / |z_g| in used groups, and no longer than lambda elsewhere."""
    y, W, lam = normal(9, 6, seed=2), unit_columns(normal(6, 12, seed=3)), 0.8
    z = group_fista(y, W, lam, 3, steps=4000)
    g = (2 * (z @ W.mT - y) @ W).view(9, 4, 3)
    length, z = group_norms(z, 3), z.view(9, 4, 3)
    used = length > 0
    assert used.any()
    assert not used.all()
    wanted = (-lam * z / length[..., None])[used]
    torch.testing.assert_close(g[used], wanted, atol=1e-6, rtol=0)
    assert (g.norm(dim=-1)[~used] <= lam + 1e-9).all()


def test_zero_groups_stay_zero() -> None:
    assert not group_shrink(torch.zeros(4), 0.1, 2).any()
    assert group_norms(torch.tensor([3.0, 4.0, 0.0, 0.0]), 2).tolist() == [5, 0]


def test_errors(unchecked) -> None:
    with pytest.raises(ValueError, match=r"z must have shape \(\*batch, 3 times groups\). Got"):
        group_shrink(torch.zeros(4), 0.1, 3)
    with pytest.raises(ValueError, match=r"size must be an integer >= 1. Got 0."):
        group_norms(torch.zeros(4), 0)
    with pytest.raises(ValueError, match=r"Got \(3, 4\) and \(5, 6\)."):
        group_fista(torch.zeros(3, 4), torch.zeros(5, 6), 0.1, 2)
    with pytest.raises(ValueError, match=r"lam must be finite and > 0. Got 0.0."):
        group_fista(torch.zeros(3, 4), torch.zeros(4, 6), 0.0, 2)
    with pytest.raises(ValueError, match=r"steps must be an integer >= 1. Got 0."):
        group_fista(torch.zeros(3, 4), torch.zeros(4, 6), 0.1, 2, steps=0)
