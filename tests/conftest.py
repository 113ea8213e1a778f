"""Shapes are checked under test: every annotation of ebmlib holds at every call."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from jaxtyping import config, install_import_hook

import tests.helpers.typecheck  # noqa: F401  (the hook looks it up by name)
from tests.helpers.visits import pytest_terminal_summary  # noqa: F401  (pytest does)

install_import_hook("ebmlib", "tests.helpers.typecheck.checked")

# The same examples at every run, and no deadline: two cores may be busy with a book.
SLOW = [HealthCheck.too_slow]
settings.register_profile("book", deadline=None, derandomize=True, suppress_health_check=SLOW)
settings.load_profile("book")


@pytest.fixture
def unchecked() -> Iterator[None]:
    """Switch the shape checks off, to see the errors that a reader sees."""
    config.update("jaxtyping_disable", True)
    yield
    config.update("jaxtyping_disable", False)


@pytest.fixture
def generator() -> Callable[[int], object]:
    """Return a function that makes torch generators from seeds."""
    import torch

    return lambda seed: torch.Generator().manual_seed(seed)


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """Chromium. For a module alone: while it is open, no other test could use asyncio.run."""
    from tests.helpers.browser import launched

    with launched() as found:
        yield found
