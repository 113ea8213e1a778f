"""The Gaussian against torch.distributions."""

import math

import pytest
import torch
from torch.distributions import MultivariateNormal, Normal, kl_divergence

from ebmlib.gaussian import energy, entropy, kl, nll
from tests.helpers.draws import normal


def number(value: float) -> torch.Tensor:
    return torch.tensor(value, dtype=torch.float64)


def test_entropy_and_kl() -> None:
    data, model = Normal(number(0.5), number(0.8)), Normal(number(-1.0), number(2.0))
    torch.testing.assert_close(entropy(data.scale), data.entropy())
    torch.testing.assert_close(
        kl(data.loc, data.scale, model.loc, model.scale), kl_divergence(data, model)
    )


def test_one_density_for_a_number_and_a_matrix() -> None:
    y, mean = normal(7, 3), normal(3, seed=1)
    theirs = MultivariateNormal(mean, 0.3 * torch.eye(3).double()).log_prob(y)
    torch.testing.assert_close(nll(y, mean, 0.3), -theirs)
    torch.testing.assert_close(nll(y, mean, 0.3 * torch.eye(3).double()), -theirs)
    A = normal(3, 3, seed=2)
    cov = A @ A.mT + torch.eye(3).double()
    torch.testing.assert_close(nll(y, mean, cov), -MultivariateNormal(mean, cov).log_prob(y))


def test_energy_and_log_z_are_the_density() -> None:
    y, mean, std = normal(7), number(0.7), number(1.3)
    log_z = math.log(1.3 * math.sqrt(2 * math.pi))
    torch.testing.assert_close(energy(y, mean, std) + log_z, -Normal(mean, std).log_prob(y))


def test_a_variance_that_is_none(unchecked) -> None:
    with pytest.raises(ValueError, match=r"the variance must be > 0. Got 0.0."):
        nll(torch.zeros(3), torch.zeros(3), 0.0)
    with pytest.raises(torch.linalg.LinAlgError):
        nll(torch.zeros(2), torch.zeros(2), -torch.eye(2))
