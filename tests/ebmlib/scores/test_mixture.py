"""The blurred mixture against torch's own, and its denoiser against autograd."""

import math

import pytest
import torch
from torch.distributions import Categorical, Independent, MixtureSameFamily, Normal

from ebmlib.autoencoders.denoising import bayes_denoiser
from ebmlib.scores.mixture import mixture_denoiser, mixture_free_energy
from tests.helpers.draws import normal

MU = torch.tensor([[1.0, 0.0], [0.0, 1.0], [-1.0, -0.5]], dtype=torch.float64)
PI = torch.tensor([0.5, 0.3, 0.2], dtype=torch.float64)
S = 0.3


@pytest.mark.parametrize("sigma", [0.01, 0.5, 5.0])
def test_the_energy_is_torchs_mixture(sigma: float) -> None:
    y, width = normal(20, 2), math.hypot(S, sigma)
    peer = MixtureSameFamily(Categorical(PI), Independent(Normal(MU, width), 1))
    F = mixture_free_energy(y, sigma, mu=MU, weights=PI, s=S)
    torch.testing.assert_close(F, -peer.log_prob(y))


@pytest.mark.parametrize("sigma", [0.05, 0.5, 5.0])
def test_the_denoiser_goes_down_the_energy(sigma: float) -> None:
    y = normal(20, 2).requires_grad_()
    (g,) = torch.autograd.grad(mixture_free_energy(y, sigma, mu=MU, weights=PI, s=S).sum(), y)
    D = mixture_denoiser(y.detach(), sigma, mu=MU, weights=PI, s=S)
    torch.testing.assert_close(D, y.detach() - sigma**2 * g)


def test_without_a_width_it_is_bayes_denoiser_of_points() -> None:
    y, even = normal(20, 2), torch.full((3,), 1 / 3, dtype=torch.float64)
    D = mixture_denoiser(y, 0.4, mu=MU, weights=even, s=0.0)
    torch.testing.assert_close(D, bayes_denoiser(y, MU, 0.4))


def test_errors(unchecked) -> None:
    y = torch.zeros(4, 2)
    how = {"mu": MU.float(), "weights": PI.float()}
    with pytest.raises(ValueError, match=r"y must have shape \(\*batch, 2\). Got \(4, 3\)."):
        mixture_denoiser(torch.zeros(4, 3), 1.0, s=S, **how)
    with pytest.raises(ValueError, match=r"weights must have shape \(3,\). Got \(2,\)."):
        mixture_denoiser(y, 1.0, mu=MU.float(), weights=PI[:2].float(), s=S)
    with pytest.raises(ValueError, match=r"s must be >= 0. Got -1."):
        mixture_denoiser(y, 1.0, s=-1, **how)
    with pytest.raises(ValueError, match=r"s and sigma must not both be 0."):
        mixture_free_energy(y, 0.0, s=0.0, **how)
