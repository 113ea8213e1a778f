"""The samples that the tests of inference share."""

import pytest
import torch

from ebmlib.data.ellipse import ellipse


@pytest.fixture
def samples(generator) -> torch.Tensor:
    return ellipse(40, x=0, generator=generator(0), dtype=torch.float64).y
