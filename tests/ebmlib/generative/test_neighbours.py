"""A map of neighbours: forces against autograd, weights against quadrature, maps as a peer's."""

import math

import pytest
import torch
from sklearn.manifold import TSNE
from sklearn.metrics.pairwise import euclidean_distances

from ebmlib.data.digits import split_digits
from ebmlib.generative.neighbours import (
    neighbour_weights,
    pair_energies,
    perplexity,
    perplexity_weights,
    squared_distances,
    tsne,
    tsne_forces,
    tsne_loss,
)
from ebmlib.generative.pca import pca
from tests.helpers.draws import normal

OTHERS = ~torch.eye(12, dtype=torch.bool)


def weights(n: int, seed: int) -> torch.Tensor:
    """A symmetric distribution over pairs."""
    P = normal(n, n, seed=seed).square()
    P = (P + P.mT).fill_diagonal_(0)
    return P / P.sum()


def test_distances_equal_scikit_learns() -> None:
    x = normal(3, 12, 5, seed=0)
    D = squared_distances(x)
    for one, found in zip(x, D, strict=True):
        theirs = torch.from_numpy(euclidean_distances(one.numpy(), squared=True))
        torch.testing.assert_close(found, theirs)
    assert (D.diagonal(dim1=-2, dim2=-1) == 0).all()


@pytest.mark.parametrize("scale", [1e-6, 1.0, 1e6])
@pytest.mark.parametrize("k", [1.5, 4.0, 9.0])
def test_each_row_is_a_softargmin_of_the_perplexity_asked_for(k: float, scale: float) -> None:
    D = scale * squared_distances(normal(2, 12, 3, seed=1))
    p, beta = neighbour_weights(D, k)
    far = D.masked_fill(~OTHERS, math.inf)
    torch.testing.assert_close(p, torch.softmax(-beta[..., None] * far, -1))
    logs = p[:, OTHERS].reshape(2, 12, 11)
    torch.testing.assert_close(
        (-(logs * logs.log()).sum(-1)).exp(), torch.full((2, 12), k).double(), atol=1e-9, rtol=0
    )
    torch.testing.assert_close(perplexity(p), torch.full((2, 12), k).double(), atol=1e-9, rtol=0)


def test_pairs_sum_to_one_and_are_mutual() -> None:
    D = squared_distances(normal(12, 3, seed=2))
    P, (p, _) = perplexity_weights(D, 4.0), neighbour_weights(D, 4.0)
    assert P.sum().item() == pytest.approx(1, abs=1e-12)
    torch.testing.assert_close(P, P.mT)
    torch.testing.assert_close(P[3, 7], (p[3, 7] + p[7, 3]) / 24)


def test_the_loss_is_a_divergence_and_an_entropy() -> None:
    P, y = weights(12, 3), normal(12, 2, seed=4)
    Q = torch.exp(-pair_energies(y))
    Q = Q / Q.sum()
    KL = torch.nn.functional.kl_div(Q[OTHERS].log(), P[OTHERS], reduction="sum")
    entropy = -(P[OTHERS] * P[OTHERS].log()).sum()
    torch.testing.assert_close(tsne_loss(P, y), KL + entropy)


def test_the_forces_are_minus_the_gradient() -> None:
    P = torch.stack([weights(12, 3), weights(12, 4)])
    y = normal(2, 12, 2, seed=5).requires_grad_()
    (gradient,) = torch.autograd.grad(tsne_loss(P, y).sum(), y)
    pull, push = tsne_forces(P, y.detach())
    torch.testing.assert_close(pull + push, -gradient, rtol=1e-10, atol=1e-10)
    by_hand = sum(
        4 * P[0, 0, j] * (y[0, j] - y[0, 0]) / (1 + (y[0, j] - y[0, 0]).square().sum())
        for j in range(12)
    )
    torch.testing.assert_close(pull[0, 0], by_hand.detach())


def test_the_first_step_by_hand_and_the_loss_before_it() -> None:
    P, y = weights(12, 6), normal(12, 2, seed=7)
    y = y - y.mean(0)
    pull, push = tsne_forces(P, y)
    made = tsne(P, y, steps=1, rate=0.5, exaggeration=3.0, early=1)
    torch.testing.assert_close(made.y, y + 0.5 * 0.8 * (3 * pull + push))  # no way yet: gain 0.8
    torch.testing.assert_close(made.loss[0], tsne_loss(P, y))
    assert tsne(P, y, steps=200, rate=1.0, exaggeration=1.0).loss[-1] < made.loss[0]


def test_sets_side_by_side_are_sets_alone() -> None:
    P, y = torch.stack([weights(12, 8), weights(12, 9)]), normal(2, 12, 2, seed=10)
    both = tsne(P, y, steps=20, rate=1.0)
    alone = tsne(P[1], y[1], steps=20, rate=1.0)
    torch.testing.assert_close(both.y[1], alone.y)
    torch.testing.assert_close(both.loss[:, 1], alone.loss)


def test_maps_of_digits_are_as_good_as_scikit_learns() -> None:
    """Its exact method from the same start in as many steps: within a fifth of its divergence."""
    x = split_digits(generator=torch.Generator().manual_seed(0)).train.pixels[:300].double()
    start = (x - x.mean(0)) @ pca(x, 2).V
    start = 1e-4 * start / start[:, 0].std()
    P = perplexity_weights(squared_distances(x), 30.0)
    entropy = torch.special.entr(P).sum()
    peer = TSNE(perplexity=30, init=start.numpy(), method="exact", max_iter=500, random_state=0)
    theirs = torch.from_numpy(peer.fit_transform(x.numpy())).double()
    assert (tsne_loss(P, theirs) - entropy).item() == pytest.approx(peer.kl_divergence_, abs=1e-3)
    ours = (tsne_loss(P, tsne(P, start).y) - entropy).item()
    assert 0.8 < ours / peer.kl_divergence_ < 1.2


def test_errors(unchecked) -> None:
    y, P = normal(12, 2, seed=0), weights(12, 0)
    with pytest.raises(ValueError, match=r"x must have shape \(\*batch, n, dim\). Got \(3,\)."):
        squared_distances(torch.zeros(3))
    with pytest.raises(ValueError, match=r"D must have shape \(\*batch, n, n\). Got \(12, 2\)."):
        neighbour_weights(y, 3.0)
    with pytest.raises(ValueError, match=r"k must be above 1 and below 11, .* Got 11.0."):
        perplexity_weights(squared_distances(y), 11.0)
    with pytest.raises(ValueError, match=r"P must have shape \(11, 11\) for y \(11, 2\). Got"):
        tsne_loss(P, y[1:])
    with pytest.raises(ValueError, match=r"P must have shape"):
        tsne_forces(P, torch.zeros(3))
    with pytest.raises(ValueError, match=r"steps must be an integer >= 1. Got 0."):
        tsne(P, y, steps=0)
    with pytest.raises(ValueError, match=r"rate must be finite and > 0. Got 0."):
        tsne(P, y, rate=0.0)
    with pytest.raises(ValueError, match=r"exaggeration must be finite and > 0. Got -1."):
        tsne(P, y, exaggeration=-1.0)
