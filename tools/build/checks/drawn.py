"""Figures that print draws again, in PGFPlots: each is of a figure that a page shows, and finds its
tables, columns and panels; else only the printed book would tell, much later."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from tools.book import Book, BookError
from tools.build.checks.fault import Fault, did_you_mean
from tools.build.checks.named import Facts
from tools.print.check_drawing import check_panels, check_tables

FOLDER = "book/print/figures"


def check(book: Book, known: Mapping[str, Facts]) -> Iterator[Fault]:
    """Drawings of figures that no page shows: they would stand on no paper.

    Args:
        book: whose drawings are looked through.
        known: docname -> what the page names.
    """
    figures = [one for facts in known.values() for one in facts.given if one.kind == "figure"]
    places = {name for facts in known.values() for name, _ in facts.places}
    for path in _drawings(book):
        shown = any(re.fullmatch(one.pattern, path.stem) for one in figures)
        if not shown and path.stem not in places:
            words = f"no page shows a figure {path.stem!r}{did_you_mean(path.stem, places)}"
            yield Fault(path, 1, words)


def check_tables_of(book: Book) -> Iterator[Fault]:
    """What drawings ask for and the pages, which have run, do not give."""
    for path in _drawings(book):
        try:
            check_tables(book, path, book.tables)
            check_panels(book, path)
        except BookError as error:
            _, line, words = str(error).split(":", 2)
            yield Fault(path, int(line), words.strip())


def _drawings(book: Book) -> list[Path]:
    return sorted((book.root / FOLDER).glob("*.tex"))
