"""Likelihood, entropy and divergence against torch.distributions."""

import pytest
import torch
from torch.distributions import Normal, kl_divergence

from ebmlib.gaussian import energy, entropy, kl
from ebmlib.likelihood import log_partition, negative_log_likelihood


def number(value: float) -> torch.Tensor:
    return torch.tensor(value, dtype=torch.float64)


def test_gaussian_on_a_grid() -> None:
    mean, std = number(0.7), number(1.3)
    dy = 0.01
    grid = (torch.arange(4000, dtype=torch.float64) + 0.5) * dy - 20
    log_z = log_partition(energy(grid, mean, std), dy)
    y = torch.linspace(-3, 4, 50, dtype=torch.float64)
    L = negative_log_likelihood(energy(y, mean, std), log_z)
    torch.testing.assert_close(L, -Normal(mean, std).log_prob(y).mean())


def test_entropy_and_kl() -> None:
    data, model = Normal(number(0.5), number(0.8)), Normal(number(-1.0), number(2.0))
    torch.testing.assert_close(entropy(data.scale), data.entropy())
    torch.testing.assert_close(
        kl(data.loc, data.scale, model.loc, model.scale), kl_divergence(data, model)
    )


def test_errors(unchecked) -> None:
    with pytest.raises(ValueError, match=r"dy must be > 0. Got 0.0."):
        log_partition(torch.zeros(3), 0.0)
