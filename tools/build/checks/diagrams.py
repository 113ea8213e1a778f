"""Drawings that are older than their sources: one line for a cause that all have in common."""

from __future__ import annotations

from collections.abc import Iterator

from tools.book import Book, read_text
from tools.build.checks.fault import Fault
from tools.build.checks.stylesheet import COLOUR

DRAW = "run nox -s diagrams"


def check(book: Book) -> Iterator[Fault]:
    from tools.diagrams import LIBRARY, fresh, names, source, stated

    folder = book.root / "book" / "diagrams"
    if not (folder / LIBRARY).is_file():
        return
    svgs = {name: source(name, folder).with_suffix(".svg") for name in names(folder)}
    drawn = [name for name, svg in svgs.items() if svg.is_file()]
    stale = [name for name in drawn if not fresh(name, folder, book.stylesheet)]
    palette, line = _colours(book)
    told = {name: stated(read_text(svgs[name])).get("palette") for name in stale}
    recoloured = [name for name in stale if told[name] and told[name] != palette]
    if recoloured:
        count = len(recoloured)
        many = f"{count} diagrams are" if count > 1 else f"the diagram {recoloured[0]} is"
        yield Fault(book.stylesheet, line, f"{many} older than the colours here: {DRAW}")
    for name in stale:
        if name not in recoloured:
            yield Fault(svgs[name], 1, f"is older than its .tex or the macros in it: {DRAW}")


def _colours(book: Book) -> tuple[dict[str, str], int]:
    """The colours of the light theme as a diagram states them, and the line of the first."""
    lines = list(enumerate(read_text(book.stylesheet).splitlines(), 1))
    found = [(number, one[1], one[3]) for number, line in lines if (one := COLOUR.match(line))]
    light = {f"#{hexes.lower()}": name for _, name, hexes in found if "-" not in name}
    return light, min((number for number, _, _ in found), default=1)
