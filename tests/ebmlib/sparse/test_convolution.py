"""Convolution against sums, its transpose, a matrix that holds all shifts, and a planted motif."""

import pytest
import torch

from ebmlib.sparse.codes import fista
from ebmlib.sparse.convolution import best_motifs, curvature, events, look, motifs, place
from tests.helpers.draws import normal


def shifts(W: torch.Tensor, length: int) -> torch.Tensor:
    """A column for each motif at each place."""
    atoms, width = W.shape
    places = length - width + 1
    columns = torch.zeros(length, atoms, places, dtype=W.dtype)
    for k in range(atoms):
        for s in range(places):
            columns[s : s + width, k, s] = W[k]
    return columns.flatten(1)


def test_place_is_a_matrix_and_look_its_transpose() -> None:
    W, z, y = normal(2, 4, seed=0), normal(3, 2, 7, seed=1), normal(3, 10, seed=2)
    matrix = shifts(W, 10)
    torch.testing.assert_close(place(z, W), z.flatten(1) @ matrix.mT)
    torch.testing.assert_close(look(y, W).flatten(1), y @ matrix)
    torch.testing.assert_close((place(z, W) * y).sum(), (z * look(y, W)).sum())


def test_the_curvature_bounds_that_of_the_matrix() -> None:
    W = normal(3, 5, seed=3)
    exact = 2 * float(torch.linalg.matrix_norm(shifts(W, 40), 2)) ** 2
    assert exact <= curvature(W, 40) * (1 + 1e-9)
    assert curvature(W, 40) < 1.3 * exact


def test_events_are_the_codes_of_the_matrix() -> None:
    W, y = normal(2, 4, seed=0), normal(3, 20, seed=2)
    ours = events(y, W, 0.7, steps=3000)
    theirs = fista(y, shifts(W, 20), 0.7, steps=5000, tolerance=1e-10).z
    torch.testing.assert_close(ours.flatten(1), theirs, atol=1e-6, rtol=0)
    near = events(y, W, 0.7, steps=1, start=ours)
    torch.testing.assert_close(near, ours, atol=1e-6, rtol=0)


def test_the_best_motifs_leave_no_gradient() -> None:
    z, y = normal(4, 2, 9, seed=1), normal(4, 12, seed=2)
    W = best_motifs(y, z, 4).requires_grad_()
    (y - place(z, W)).square().sum().backward()
    assert W.grad.abs().max() < 1e-6
    planted = normal(2, 4, seed=5)
    torch.testing.assert_close(best_motifs(place(z, planted), z, 4), planted, atol=1e-6, rtol=0)


def test_a_planted_motif_is_found(generator) -> None:
    """Best of four starts: some stop at the motif moved by a sample and cut, higher up."""
    W = torch.tensor([[0.0, 0.0, 1.0, -2.0, 1.0, 0.0]]).double() / 6**0.5
    for seed in range(3):
        g = generator(seed)
        z = torch.zeros(15, 1, 35).double()
        at = torch.rand(15, 35, generator=g).argsort(1)[:, :2]
        z[torch.arange(15)[:, None], 0, at] = 1 + torch.rand(15, 2, generator=g).double()
        y = place(z, W)
        runs = [motifs(y, 1, 6, 0.1, turns=10, generator=generator(s)) for s in range(4)]
        best = min(runs, key=lambda run: run.energy)
        anywhere = torch.nn.functional.pad(best.W, (5, 5)).unfold(1, 6, 1) @ W[0]
        assert anywhere.abs().max() > 0.99, best.W
        torch.testing.assert_close(best.W.norm(dim=1), torch.ones(1).double())
        E = (y - place(best.z, best.W)).square().sum(-1) + 0.1 * best.z.abs().sum((-2, -1))
        assert abs(float(E.mean()) - best.energy) < 1e-12


def test_errors(unchecked) -> None:
    with pytest.raises(ValueError, match=r"z must have shape \(n, 2, places\). Got \(3, 4, 5\)."):
        place(torch.zeros(3, 4, 5), torch.zeros(2, 3))
    with pytest.raises(ValueError, match=r"with a length >= 4. Got \(2, 3\)."):
        look(torch.zeros(2, 3), torch.zeros(1, 4))
    with pytest.raises(ValueError, match=r"length must be an integer >= 4. Got 3."):
        curvature(torch.ones(1, 4), 3)
    with pytest.raises(ValueError, match=r"lam must be finite and > 0. Got 0.0."):
        events(torch.zeros(2, 9), torch.zeros(1, 4), 0.0)
    with pytest.raises(ValueError, match=r"steps must be an integer >= 1. Got 0."):
        events(torch.zeros(2, 9), torch.zeros(1, 4), 0.1, steps=0)
    with pytest.raises(ValueError, match=r"y must have shape \(2, 12\). Got \(2, 13\)."):
        best_motifs(torch.zeros(2, 13), torch.zeros(2, 1, 9), 4)
    with pytest.raises(ValueError, match=r"width must be an integer >= 1. Got 0."):
        best_motifs(torch.zeros(2, 13), torch.zeros(2, 1, 9), 0)
    with pytest.raises(ValueError, match=r"atoms must be an integer >= 1. Got 0."):
        motifs(torch.ones(2, 9), 0, 3, 0.1)
    with pytest.raises(ValueError, match=r"turns must be an integer >= 1. Got 0."):
        motifs(torch.ones(2, 9), 1, 3, 0.1, turns=0)
