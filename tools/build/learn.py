"""What a build had to load, loaded ahead for the next.

Installed packages alone: what is the author's own may change between two builds.
"""

from __future__ import annotations

import importlib.util
import sys
import warnings
from collections.abc import Iterable
from contextlib import suppress

SCHEMAS = ((4, 4), (4, 5))  # of notebooks, which are compiled when one is first looked at


def learn(modules: Iterable[str]) -> None:
    """Load modules; one that cannot be loaded here is left to the build that wants it."""
    for name in modules:
        with suppress(Exception), warnings.catch_warnings():
            warnings.simplefilter("ignore")
            if _is_installed(name.partition(".")[0]):
                importlib.import_module(name)


def _is_installed(package: str) -> bool:
    found = importlib.util.find_spec(package)
    places = [found.origin, *(found.submodule_search_locations or ())] if found else []
    return any(str(place).startswith((sys.prefix, sys.base_prefix)) for place in places)


def compile_schemas() -> None:
    from nbformat.validator import get_validator

    for version, minor in SCHEMAS:
        get_validator(version, minor)
