"""The figures that are kept of the pages' numbers, whose tolerances the site tells."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator

from tools.book import Book, line_of, read_text
from tools.build.checks.fault import Fault

FOLDER = "tests/claims"


def check(book: Book) -> Iterator[Fault]:
    """What no page could tell of its numbers; whether they agree, `tools.prove.claims` asks."""
    for path in sorted((book.root / FOLDER).glob("*.json")):
        try:
            pages = json.loads(read_text(path))
        except json.JSONDecodeError as error:
            yield Fault(path, error.lineno, f"this is not JSON: {error.msg}")
            continue
        for page, kept in pages.items() if isinstance(pages, dict) else [("", pages)]:
            if not isinstance(kept, dict):
                words = f"expected of a page its numbers by their names. Got {kept!r}"
                yield Fault(path, line_of(path, f'"{page}"'), words)
                continue
            for name, one in kept.items():
                within = one.get("tolerance") if isinstance(one, dict) else None
                if not (isinstance(within, int | float) and math.isfinite(within) and within >= 0):
                    words = f"the tolerance of {name!r} must be a number of 0 or more"
                    yield Fault(path, line_of(path, f'"{name}"'), f"{words}. Got {within!r}")
