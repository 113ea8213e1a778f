"""What the tests of the recording share: float64 by default, and one Node process a module."""

from collections.abc import Iterator

import pytest
import torch

from tests.ebmlib.plot.recording.javascript import Javascript


@pytest.fixture(autouse=True)
def float64() -> Iterator[None]:
    before = torch.get_default_dtype()
    torch.set_default_dtype(torch.float64)
    yield
    torch.set_default_dtype(before)


@pytest.fixture(scope="module")
def javascript() -> Iterator[Javascript]:
    engine = Javascript()
    yield engine
    engine.close()
