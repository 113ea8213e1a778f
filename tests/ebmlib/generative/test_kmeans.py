"""K-means against scikit-learn, and its warm form against a mixture of Gaussians."""

import math

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from sklearn.cluster import KMeans as Theirs
from torch.distributions import Categorical, Independent, MixtureSameFamily, Normal

from ebmlib.generative.kmeans import (
    free_energy,
    kmeans,
    lloyd,
    one_hot_energies,
    plus_plus,
    soft_kmeans,
)
from tests.helpers.draws import normal


def test_energies_far_from_the_origin() -> None:
    y = 1e6 + normal(200, 3, seed=0)
    W = y[:4].mT
    plain = (y[:, :, None] - W[None]).square().sum(1)
    torch.testing.assert_close(one_hot_energies(y, W), plain, atol=1e-8, rtol=1e-8)


@pytest.mark.parametrize("seed", range(4))
def test_lloyd_equals_scikit_learn_from_the_same_start(seed: int) -> None:
    y = normal(200, 3, seed=seed)
    W = plus_plus(y, 5, generator=torch.Generator().manual_seed(seed))
    ours = lloyd(y, W)
    theirs = Theirs(5, init=W.mT.numpy(), n_init=1, tol=0, max_iter=300).fit(y.numpy())
    assert float(ours.inertia) == pytest.approx(theirs.inertia_, rel=1e-9)
    torch.testing.assert_close(ours.W.mT, torch.from_numpy(theirs.cluster_centers_))
    assert (ours.history.diff() <= 1e-9).all()


@pytest.mark.parametrize("seed", range(3))
def test_restarts_equal_scikit_learn_s_best(seed: int) -> None:
    centres = 3 * normal(6, 2, seed=seed)
    y = centres.repeat(40, 1) + 0.3 * normal(240, 2, seed=seed + 10)
    ours = kmeans(y, 6, restarts=20, generator=torch.Generator().manual_seed(seed))
    theirs = Theirs(6, n_init=20, random_state=seed).fit(y.numpy())
    assert float(ours.inertia) <= theirs.inertia_ * (1 + 1e-6)


def test_an_empty_centroid_moves_to_the_worst_sample() -> None:
    y = torch.tensor([[0.0, 0], [0, 1], [10, 0]]).double()
    far = torch.tensor([[0.0, 0], [0, 1], [99, 99]]).double().mT
    run = lloyd(y, far)
    assert float(run.inertia) == pytest.approx(0.0, abs=1e-12)


def test_duplicates_do_not_break_the_start() -> None:
    W = plus_plus(torch.ones(5, 2), 3, generator=torch.Generator().manual_seed(0))
    assert W.shape == (2, 3)


@given(beta=st.floats(0.05, 50))
def test_free_energy_is_a_mixture(beta: float) -> None:
    y, W = normal(20, 3, seed=0), normal(4, 3, seed=1).mT
    spread = Independent(Normal(W.mT, (2 * beta) ** -0.5), 1)
    mixture = MixtureSameFamily(Categorical(torch.ones(4).double()), spread)
    F = free_energy(y, W, beta)
    truth = -mixture.log_prob(y)
    torch.testing.assert_close(truth, beta * F + 1.5 * math.log(math.pi / beta))


def test_soft_steps_lower_the_free_energy_and_melt() -> None:
    y, W = normal(200, 3, seed=0), normal(4, 3, seed=1).mT
    before = free_energy(y, W, 2.0).mean()
    after = free_energy(y, soft_kmeans(y, W, 2.0, steps=1), 2.0).mean()
    assert after < before
    melt = 1 / (2 * float(torch.linalg.eigvalsh(torch.cov(y.mT, correction=0))[-1]))
    one = soft_kmeans(y, W, 0.8 * melt)
    torch.testing.assert_close(one, y.mean(0)[:, None].expand(3, 4), atol=1e-6, rtol=0)
    hard = soft_kmeans(y, W, math.inf, steps=50)
    torch.testing.assert_close(hard, lloyd(y, W, steps=50).W)


@pytest.mark.parametrize("beta", [1.0, math.inf])
def test_a_centroid_that_nobody_pulls_stays(beta: float) -> None:
    y = 100 + normal(200, 3, seed=0)
    W = torch.tensor([[100.0, 1e4]]).double().repeat(3, 1)
    torch.testing.assert_close(soft_kmeans(y, W, beta), torch.stack([y.mean(0), W[:, 1]], 1))


def test_errors(unchecked) -> None:
    with pytest.raises(ValueError, match=r"y must have shape \(\*batch, 2\), as W has 2 rows"):
        one_hot_energies(torch.zeros(4, 3), torch.zeros(2, 5))
    with pytest.raises(ValueError, match=r"K must be at most the number of samples, 4. Got 5."):
        plus_plus(torch.zeros(4, 3), 5)
    with pytest.raises(ValueError, match=r"y must hold no NaN. Got 8 of them."):
        plus_plus(torch.full((4, 2), math.nan), 2)
    with pytest.raises(ValueError, match="y must hold no NaN"):
        lloyd(torch.full((4, 2), math.nan), torch.zeros(2, 2))
    with pytest.raises(ValueError, match=r"y must have shape \(\*batch, 1\), as W has 1 rows"):
        lloyd(torch.zeros(4, 2), torch.zeros(1, 3))  # would broadcast
    with pytest.raises(ValueError, match=r"W must hold 1 to 4 centroids, one a column. Got 5."):
        lloyd(torch.zeros(4, 2), torch.zeros(2, 5))
    with pytest.raises(ValueError, match="W must hold no NaN"):
        lloyd(torch.zeros(4, 2), torch.full((2, 2), math.nan))
    with pytest.raises(ValueError, match=r"W must have shape \(dim, K\). Got \(2,\)."):
        soft_kmeans(torch.zeros(4, 2), torch.zeros(2), 1.0)
