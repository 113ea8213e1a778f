"""What a build had to load, loaded ahead for the next.

Installed packages alone: what is the author's own may change between two builds. Patterns are the
same whoever asks for them.
"""

from __future__ import annotations

import importlib.util
import re
import sys
import warnings
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Any

SCHEMAS = ((4, 4), (4, 5))  # of notebooks, which are compiled when one is first looked at
PATTERNS = 10_000  # that Python keeps compiled; with its own 512 the first are lost to the last
Known = dict[str, list[Any]]


def known() -> Known:
    """What is loaded in this process: modules, lexers that are ready, compiled patterns."""
    patterns = ((key[1], int(key[2])) for key in list(vars(re).get("_cache", ())))
    return {
        "modules": list(sys.modules),
        "lexers": [f"{one.__module__}.{one.__name__}" for one in _lexers()],
        "patterns": [(text, flags) for text, flags in patterns if isinstance(text, str)],
    }


def _lexers() -> Iterator[type]:
    """Pygments makes a class of lexers ready when one of them is first wanted."""
    from pygments.lexer import RegexLexer

    below = RegexLexer.__subclasses__()
    while below:
        one = below.pop()
        below += one.__subclasses__()
        if "_tokens" in vars(one):
            yield one


def more(now: Known, before: Known) -> Known:
    """What is known now and was not before."""
    return {kind: sorted(set(found) - set(before[kind])) for kind, found in now.items()}


def learn(told: Known) -> None:
    """Load what is told; what cannot be loaded here is left to the build that wants it."""
    for kind, load in LOADS.items():
        for one in told[kind]:
            with suppress(Exception), warnings.catch_warnings():
                warnings.simplefilter("ignore")
                load(one)


def _module(name: str) -> Any:
    if _is_installed(name.partition(".")[0]):
        return importlib.import_module(name)
    raise ImportError(name)


def _lexer(name: str) -> None:
    module, _, own = name.rpartition(".")
    getattr(_module(module), own)()


def _pattern(one: tuple[str, int]) -> None:
    re.compile(*one)


LOADS: dict[str, Callable[[Any], Any]] = {
    "modules": _module, "lexers": _lexer, "patterns": _pattern,
}  # fmt: skip


def _is_installed(package: str) -> bool:
    found = importlib.util.find_spec(package)
    places = [found.origin, *(found.submodule_search_locations or ())] if found else []
    return any(str(place).startswith((sys.prefix, sys.base_prefix)) for place in places)


def keep_found() -> None:
    """Let Python keep patterns, and what installed packages offer: they stay as they are."""
    vars(re)["_MAXCACHE"] = PATTERNS
    for name in ("importlib.metadata", "importlib_metadata"):  # the newer one may be missing
        with suppress(ImportError):
            offered = vars(importlib.import_module(name))
            offered["entry_points"] = offered["entry_points"]().select


def compile_schemas() -> None:
    from nbformat.validator import get_validator

    for version, minor in SCHEMAS:
        get_validator(version, minor)
