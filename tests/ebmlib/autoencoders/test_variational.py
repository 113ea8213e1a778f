"""A variational autoencoder against closed forms and torch.distributions."""

import pytest
import torch
from torch.distributions import MultivariateNormal, Normal, kl_divergence

from ebmlib.autoencoders.variational import VAE, Bubble, exact_nll, kl
from ebmlib.train import generators
from tests.helpers.draws import normal


def test_kl_equals_torch_s() -> None:
    mu, log_v = normal(2, 40, 3)
    ours = kl(Bubble(mu, log_v))
    theirs = kl_divergence(Normal(mu, (log_v / 2).exp()), Normal(0.0, 1.0)).sum(-1)
    torch.testing.assert_close(ours, theirs)


def test_exact_nll_of_a_linear_decoder() -> None:
    w, y = normal(1, 1, 2), normal(1, 20, 2, seed=2)
    cov = w[0].mT @ w[0] + 0.3**2 * torch.eye(2).double()
    truth = -MultivariateNormal(torch.zeros(2).double(), cov).log_prob(y)
    torch.testing.assert_close(exact_nll(lambda z: z @ w, y, 0.3), truth)


def test_the_bound_is_one() -> None:
    model = VAE([1, 8, 2], generators([0, 1]), 0.5, dtype=torch.float64)
    y = normal(2, 6, 2)
    gen = torch.Generator().manual_seed(0)
    with torch.no_grad():
        mean = torch.stack([model.bound(y, generator=gen) for _ in range(4000)]).mean(0)
        assert (mean > exact_nll(model.decoder, y, 0.5) - 0.02).all()
        hot = model.bound(y, torch.tensor([[1.0], [3.0]]).double(), generator=gen)
    assert hot.shape == (2, 6)


def test_errors_of_the_vae(unchecked) -> None:
    with pytest.raises(ValueError, match="sigma must be finite and > 0"):
        VAE([1, 2], generators([0]), 0.0)
    with pytest.raises(ValueError, match=r"sizes must name an input and an output. Got \[\]."):
        VAE([], generators([0]), 1.0)
    y = torch.zeros(1, 3, 2)
    with pytest.raises(ValueError, match=r"points must be an integer >= 2. Got 1."):
        exact_nll(lambda z: z, y, 0.3, points=1)
    with pytest.raises(ValueError, match=r"reach must be finite and > 0. Got -6.0."):
        exact_nll(lambda z: z, y, 0.3, reach=-6.0)


@pytest.mark.parametrize("latent", [0.0, 2.5, -5.0])
def test_the_quadrature_is_exact_under_its_two_conditions(latent: float) -> None:
    w = torch.tensor([1.0, 0.5]).double()
    y, far = (latent * w).expand(1, 1, 2), (8.0 * w).expand(1, 1, 2)

    def off(y: torch.Tensor, sigma: float, **how: float) -> float:
        cov = torch.outer(w, w) + sigma**2 * torch.eye(2).double()
        truth = -MultivariateNormal(torch.zeros(2).double(), cov).log_prob(y)
        return float((exact_nll(lambda z: z * w, y, sigma, **how) - truth).abs().max())

    step = 12 / 1200
    assert off(y, 1.12 * step) < 1e-6  # a posterior as wide as the step: sigma / |w| = step
    assert off(y + 0.5 * step * w, 0.2 * step) > 0.1  # too narrow for the grid
    assert off(y + 0.5 * step * w, 0.2 * step, points=12001) < 1e-6
    assert off(far, 0.3) > 1
    assert off(far, 0.3, reach=12.0) < 1e-6
