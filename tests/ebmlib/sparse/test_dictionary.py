"""Dictionaries: planted atoms are found, and norms are kept."""

import pytest
import torch

from ebmlib.data.planted import planted
from ebmlib.sparse.codes import energy
from ebmlib.sparse.dictionary import learn, recovered, unit_columns, update


@pytest.mark.parametrize("seed", range(3))
def test_planted_atoms_are_found_in_the_plane(seed: int) -> None:
    generator = torch.Generator().manual_seed(seed)
    theta = torch.tensor([0.2, 0.6, 1.35, 1.8, 2.65]).double()
    W = torch.stack([theta.cos(), theta.sin()])
    y = planted(300, W, 1, noise=0.02, generator=generator).y
    ends = []
    for _ in range(4):
        start = y[torch.randperm(300, generator=generator)[:5]].mT
        *_, end = learn(y, start, 0.3, epochs=25, steps=60)
        ends.append(end)
    best = min(ends, key=lambda end: end.energy)
    assert recovered(best.W, W).min() > 0.98
    torch.testing.assert_close(best.W.norm(dim=0), torch.ones(5).double())


def test_without_norms_atoms_grow(problem) -> None:
    W, y = problem
    epochs = list(learn(y, W, 0.2, epochs=15, steps=50, normalise=False))
    assert epochs[-1].norm > 2 * epochs[0].norm
    assert epochs[-1].size < epochs[0].size / 2


def test_an_unused_atom_becomes_a_sample(problem) -> None:
    W, y = problem
    z = torch.zeros(40, 32).double()
    F = energy(y, z, W, 0.2)
    new = update(y, z, W, F)
    worst = y[F.argmax()]
    torch.testing.assert_close(new[:, 0], worst / worst.norm())


def test_zero_data_leave_the_norms_at_one(problem) -> None:
    W, y = problem
    *_, end = learn(0 * y, W, 0.2, epochs=2, steps=5)
    torch.testing.assert_close(end.W.norm(dim=0), torch.ones(32).double())
    with pytest.raises(ValueError, match=r"W must have columns of a direction. Got 1 zero."):
        unit_columns(torch.tensor([[1.0, 0.0], [2.0, 0.0]]))
