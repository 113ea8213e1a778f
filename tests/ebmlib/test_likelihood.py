"""Log Z and the likelihood of a density on a grid against torch.distributions."""

import pytest
import torch
from torch.distributions import Normal

from ebmlib.gaussian import energy
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


def test_errors(unchecked) -> None:
    with pytest.raises(ValueError, match=r"dy must be > 0. Got 0.0."):
        log_partition(torch.zeros(3), 0.0)
