"""Drawings that are older than their sources: one line for a cause that all have in common."""

from __future__ import annotations

from collections.abc import Iterator

from tools.book import Book, read_text
from tools.build.checks.fault import Fault
from tools.build.checks.stylesheet import COLOUR

DRAW = "run nox -s diagrams"


def check(book: Book) -> Iterator[Fault]:
    from tools.diagrams import LIBRARY, digest, fresh, names, source, stated

    folder = book.root / "book" / "diagrams"
    if not (folder / LIBRARY).is_file():
        return
    svgs = {name: source(name, folder).with_suffix(".svg") for name in names(folder)}
    drawn = [name for name, svg in svgs.items() if svg.is_file()]
    stale = [name for name in drawn if not fresh(name, folder, book.stylesheet)]
    made = {name: stated(read_text(svgs[name])).get("hash") for name in stale}
    recoloured = [name for name in stale if made[name] == digest(name, folder, book.stylesheet)]
    if recoloured:
        count = len(recoloured)
        many = f"{count} diagrams are" if count > 1 else f"the diagram {recoloured[0]} is"
        words = f"{many} older than the colours here: {DRAW} (no TeX is needed)"
        yield Fault(book.stylesheet, _first(book), words)
    for name in stale:
        if name not in recoloured:
            yield Fault(svgs[name], 1, f"is older than its .tex or the macros in it: {DRAW}")


def _first(book: Book) -> int:
    """The line of the first colour."""
    lines = enumerate(read_text(book.stylesheet).splitlines(), 1)
    return next((number for number, line in lines if COLOUR.match(line)), 1)
