"""The Python that builds, and keys of _config.yml that Jupyter Book would pass over in silence."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

from tools.book import Book, line_of, read_text, read_yaml
from tools.build.checks.fault import Fault, did_you_mean

ASKED = re.compile(r'^requires-python = ">=3\.(\d+),<3\.(\d+)"')


def check(book: Book) -> Iterator[Fault]:
    yield from _python(book)
    defaults = read_yaml(Path(str(files("jupyter_book") / "default_config.yml")))
    assert isinstance(defaults, dict)
    for key, known in _unknown(book.config, {**defaults, "bibtex_bibfiles": []}):
        path = book.root / "_config.yml"
        last = key.rpartition(".")[2]
        near = did_you_mean(last, known)
        words = f"Jupyter Book has no setting {key!r}{near}"
        yield Fault(path, line_of(path, f"{last}:"), words)


def _python(book: Book) -> Iterator[Fault]:
    """Whether this Python is one that the book is made for."""
    path = book.root / "pyproject.toml"
    if not path.is_file():
        return
    for number, line in enumerate(read_text(path).splitlines(), 1):
        if wanted := ASKED.match(line):
            least, most = (3, int(wanted[1])), (3, int(wanted[2]))
            if not least <= sys.version_info[:2] < most:
                here = ".".join(map(str, sys.version_info[:3]))
                yield Fault(path, number, f"this is Python {here}; {line}")


def _unknown(
    settings: dict[str, object], known: dict[str, object], within: str = ""
) -> list[tuple[str, list[str]]]:
    """Names of settings that are not among the known ones beside them, down to where those end."""
    found = []
    for key, value in settings.items():
        name = f"{within}{key}"
        if key not in known:
            found.append((name, list(known)))
        elif isinstance(value, dict) and isinstance(below := known[key], dict):
            found += _unknown(value, below, f"{name}.")
    return found
