"""A mixture of Gaussians against torch's density, scikit-learn's fit, and autograd."""

from warnings import catch_warnings

import pytest
import torch
from sklearn.exceptions import ConvergenceWarning
from sklearn.mixture import GaussianMixture
from torch.distributions import Categorical, MixtureSameFamily, MultivariateNormal

from ebmlib.generative.mixture import em, mixture_energies, mixture_free_energy, weighted_means
from tests.helpers.draws import normal

THREE = [(0.0, 0.0), (2.0, 1.0), (-1.0, 2.0)]


def start(seed: int, dim: int = 2, K: int = 3) -> tuple[torch.Tensor, ...]:
    A = normal(K, dim, dim, seed=seed)
    pi = normal(K, seed=seed + 1).softmax(0)
    return normal(K, dim, seed=seed + 2), A @ A.mT + 0.1 * torch.eye(dim, dtype=A.dtype), pi


def data(seed: int, n: int = 200) -> torch.Tensor:
    centres = torch.tensor(THREE, dtype=torch.float64)
    return centres.repeat(n // 3 + 1, 1)[:n] + 0.6 * normal(n, 2, seed=seed)


@pytest.mark.parametrize("dim", [1, 2, 4])
def test_free_energy_is_minus_torchs_log_density(dim: int) -> None:
    w, C, pi = start(3, dim)
    y = 2 * normal(50, dim, seed=0)
    theirs = MixtureSameFamily(Categorical(pi), MultivariateNormal(w, C))
    torch.testing.assert_close(mixture_free_energy(y, w, C, pi), -theirs.log_prob(y))


@pytest.mark.parametrize("seed", range(3))
def test_sixty_turns_equal_scikit_learn_from_the_same_start(seed: int) -> None:
    y = data(seed)
    w, C, pi = (
        y[:3],
        torch.cov(y.mT, correction=0).expand(3, 2, 2),
        torch.full((3,), 1 / 3, dtype=y.dtype),
    )
    ours = em(y, w, C, pi, turns=60)
    theirs = GaussianMixture(
        3,
        weights_init=pi.numpy(),
        means_init=w.numpy(),
        precisions_init=torch.linalg.inv(C).numpy(),
        reg_covar=0.0,
        tol=0.0,
        max_iter=60,
    )
    with catch_warnings(action="ignore", category=ConvergenceWarning):
        theirs.fit(y.numpy())
    assert float(ours.history[-1]) == pytest.approx(-theirs.score(y.numpy()), abs=1e-12)
    torch.testing.assert_close(ours.w, torch.from_numpy(theirs.means_), atol=1e-9, rtol=0)
    torch.testing.assert_close(ours.C, torch.from_numpy(theirs.covariances_), atol=1e-9, rtol=0)


@pytest.mark.parametrize("floor", [0.0, 0.05])
def test_no_turn_raises_the_free_energy(floor: float) -> None:
    y = data(1)
    run = em(y, *start(5), turns=80, floor=floor)
    assert run.history.diff().max() < 1e-12
    assert run.history[-1] < run.history[0] - 0.1


def test_weighted_means_are_where_the_gradient_is_zero() -> None:
    y, floor = data(2), 0.05
    q = normal(200, 3, seed=4).softmax(-1)
    w, C, pi = (one.requires_grad_() for one in weighted_means(y, q, floor=floor))
    (q * mixture_energies(y, w, C, pi, floor=floor)).sum(-1).mean().backward()
    # The gradient of pi is zero but for the multiplier of sum pi = 1.
    for one, free in ((w, 0), (C, 0), (pi, 1)):
        assert one.grad is not None
        assert (one.grad - free * one.grad[0]).abs().max() < 1e-10


def test_the_floor_is_the_mean_energy_of_a_blur() -> None:
    y, (w, C, pi) = data(3, n=4), start(6)
    blurred = y[:, None] + 0.3 * normal(4, 40000, 2, seed=7)
    mean = mixture_energies(blurred, *(one.expand(4, *one.shape) for one in (w, C, pi))).mean(1)
    ours = mixture_energies(y, w, C, pi, floor=0.09)
    torch.testing.assert_close(ours, mean, rtol=0.02, atol=0.02)


def test_a_batch_is_each_of_its_fits() -> None:
    y = torch.stack([data(seed) for seed in range(2)])
    w, C, pi = (one.expand(2, *one.shape) for one in start(8))
    both = em(y, w, C, pi, turns=5)
    for k in range(2):
        one = em(y[k], w[k], C[k], pi[k], turns=5)
        torch.testing.assert_close(both.C[k], one.C)
        torch.testing.assert_close(both.history[:, k], one.history)


def test_errors(unchecked) -> None:
    y, (w, C, pi) = data(0), start(0)
    with pytest.raises(ValueError, match=r"y, w, C and pi must have shapes .* Got \(200, 2\)"):
        mixture_energies(y, w, C[:2], pi)
    with pytest.raises(ValueError, match=r"floor must be >= 0. Got -1.0."):
        mixture_energies(y, w, C, pi, floor=-1.0)
    with pytest.raises(ValueError, match=r"y must have shape .* Got \(200, 2\) and \(3, 3\)."):
        weighted_means(y, torch.ones(3, 3))
    with pytest.raises(ValueError, match=r"floor must be >= 0. Got -0.5."):
        weighted_means(y, torch.ones(200, 3), floor=-0.5)
    with pytest.raises(ValueError, match=r"turns must be an integer >= 1. Got 0."):
        em(y, w, C, pi, turns=0)
    with pytest.raises(ValueError, match=r"y must hold no NaN. Got 400 of them."):
        em(y * float("nan"), w, C, pi)
    with pytest.raises(torch.linalg.LinAlgError):
        mixture_energies(y, w, 0 * C, pi)
