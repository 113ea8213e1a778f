"""The problem that the tests of sparse coding share."""

import pytest
import torch

from ebmlib.data.planted import planted
from ebmlib.sparse.dictionary import unit_columns


@pytest.fixture(scope="module")
def problem() -> tuple[torch.Tensor, torch.Tensor]:
    generator = torch.Generator().manual_seed(0)
    W = unit_columns(torch.randn(16, 32, generator=generator, dtype=torch.float64))
    return W, planted(40, W, 2, noise=0.05, generator=generator).y
