"""Guessed gradients: means and variances in closed form, smoothing by quadrature, scipy as peer."""

import math

import numpy as np
import pytest
import torch
from scipy.optimize import differential_evolution

from ebmlib.optimise.guess import guess_gradient, node_guess, smoothed_rastrigin


def test_moments_on_a_quadratic(generator) -> None:
    g = torch.tensor([1.0, -2.0, 0.5, 3.0], dtype=torch.float64)
    w = torch.zeros(200000, 4, dtype=torch.float64)
    guess = guess_gradient(
        lambda w: (w * g).sum(-1) + w.square().sum(-1), w, 0.7, generator=generator(0)
    )
    torch.testing.assert_close(guess.mean(0), g, atol=0.1, rtol=0)
    assert guess.square().sum(-1).mean() / g.square().sum() == pytest.approx(6, rel=0.03)


def test_the_mean_is_the_slope_of_the_smoothed_function(generator) -> None:
    w = torch.tensor([0.3, -0.8], dtype=torch.float64, requires_grad=True)
    (slope,) = torch.autograd.grad(smoothed_rastrigin(w, 0.25), w)
    guess = guess_gradient(
        lambda w: smoothed_rastrigin(w, 0.0), w.detach(), 0.25, pairs=400000, generator=generator(0)
    )
    torch.testing.assert_close(guess, slope, atol=0.25, rtol=0)


@pytest.mark.parametrize("sigma", [0.1, 0.4, 0.8])
def test_smoothed_by_quadrature(sigma: float) -> None:
    nodes, weights = np.polynomial.hermite_e.hermegauss(80)
    u, weight = torch.as_tensor(nodes), torch.as_tensor(weights / math.sqrt(2 * math.pi))
    w = torch.linspace(-2, 2, 17, dtype=torch.float64)[:, None]
    mean = (smoothed_rastrigin(w[:, None] + sigma * u[:, None], 0.0) * weight).sum(-1)
    torch.testing.assert_close(smoothed_rastrigin(w, sigma), mean)


def test_where_the_last_hill_melts() -> None:
    melted = math.sqrt(math.log(20 * math.pi**2) / (2 * math.pi**2))
    w = torch.linspace(-1, 1, 2001, dtype=torch.float64)[:, None]
    for sigma, convex in ((melted - 1e-3, False), (melted + 1e-3, True)):
        f = smoothed_rastrigin(w, sigma)
        assert bool((f.diff().diff() > 0).all()) == convex


def test_nodes_have_the_promised_error(generator) -> None:
    G = torch.randn(6, 3, generator=generator(0), dtype=torch.float64)
    x = torch.randn(6, 5, generator=generator(1), dtype=torch.float64)
    draws = generator(2)
    guesses = torch.stack([node_guess(G, x, generator=draws) for _ in range(20000)])
    torch.testing.assert_close(guesses.mean(0), G.T @ x, atol=0.2, rtol=0)
    error = (guesses - G.T @ x).square().sum((1, 2)).mean()
    promised = 4 * (G.square().sum(1) * x.square().sum(1)).sum()
    assert error.item() == pytest.approx(promised.item(), rel=0.05)


def test_the_sceptic_needs_fewer_evaluations() -> None:
    """The page's peer: in the plane scipy's differential evolution always succeeds, in < 3000."""

    def f(w: np.ndarray) -> float:
        return float(smoothed_rastrigin(torch.as_tensor(w), 0.0))

    for seed in range(5):
        found = differential_evolution(f, [(-5, 5)] * 2, seed=seed)
        assert found.fun < 1e-6
        assert found.nfev < 3000


def test_errors(unchecked) -> None:
    w = torch.zeros(3, 2)
    with pytest.raises(ValueError, match=r"sigma must be finite and > 0. Got 0."):
        guess_gradient(lambda w: w.sum(-1), w, 0.0)
    with pytest.raises(ValueError, match=r"pairs must be an integer >= 1. Got 0."):
        guess_gradient(lambda w: w.sum(-1), w, 0.1, pairs=0)
    with pytest.raises(ValueError, match=r"one value a row, \(1, 3\). Got \(1, 3, 2\)."):
        guess_gradient(lambda w: w, w, 0.1)
    with pytest.raises(ValueError, match=r"sigma must be >= 0. Got -1.0."):
        smoothed_rastrigin(w, -1.0)
    with pytest.raises(ValueError, match=r"as many rows. Got 3 and 4."):
        node_guess(w, torch.zeros(4, 2))
