"""Look through the sources before anything runs: each fault with its file and line.

First the cause: what is wrong in the settings, contents or stylesheet, in a page's fences or in the
names of its directives is told alone, since all that comes after would tell its effects.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import astuple
from functools import partial
from pathlib import Path
from typing import Any

from tools.book import Book, BookError, Page
from tools.build.checks import (
    bibliography,
    cells,
    claims,
    contents,
    diagrams,
    directives,
    drawn,
    editions,
    exercises,
    fences,
    footnotes,
    front,
    media,
    moved,
    names,
    seeds,
    settings,
    stylesheet,
    tables,
    words,
)
from tools.build.checks.fault import Fault
from tools.build.checks.named import Facts, Named
from tools.execute.recall import Recall


def check(book: Book) -> None:
    """Look through the sources.

    Raises:
        BookError: with a line for each fault.
    """
    _refuse(book, [*settings.check(book), *stylesheet.check(book), *contents.form(book)])
    rooms = (contents, moved, diagrams, claims, editions)
    _refuse(book, [*(one for room in rooms for one in room.check(book)), *_of_pages(book)])


def check_outputs(book: Book) -> None:
    """Look through what the cells put out, and what print draws of it.

    Raises:
        BookError: with a line for each fault.
    """
    from tools.build.checks import outputs

    _refuse(book, [*outputs.check(book), *drawn.check_tables_of(book)])


def _of_pages(book: Book) -> Iterator[Fault]:
    recall, stamp = Recall(book.build / "checks.json"), _stamp()
    yield from bibliography.check(book, recall, stamp)
    known: dict[str, Facts] = {}
    for page in book.pages:
        text = "\0".join((stamp, page.docname, page.text))
        seen = recall.answer("page", text, partial(_look, page))
        yield from (Fault(page.path, line, words) for line, words in seen["faults"])
        yield from media.check_files(book, page, map(tuple, seen["pictures"]))
        if seen["facts"]:
            given, *others = seen["facts"]
            pairs = ([(name, line) for name, line in one] for one in others)
            known[page.docname] = Facts([Named(*one) for one in given], *pairs)
    recall.save()
    if len(known) == len(book.pages):
        yield from names.check(book, known)
        yield from drawn.check(book, known)


def _stamp() -> str:
    """A hash of what looks: what another version saw is not asked."""
    digest = hashlib.sha256()
    for path in sorted(Path(__file__).with_name("checks").glob("*.py")):
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _look(page: Page) -> dict[str, Any]:
    """All that a page's text tells, so that it is read once; the cause alone where there is one.

    What a fence holds that is not closed, or is no directive, would be missed where it is used.
    """
    if cause := [*fences.check(page)] or [*directives.mistyped(page)]:
        broken = [(one.line, one.words) for one in cause]
        return {"faults": broken, "pictures": [], "facts": []}
    given, *others = Facts.of(page)
    return {
        "faults": [(one.line, one.words) for one in _of_page(page)],
        "pictures": list(media.pictures(page)),
        "facts": [[astuple(one) for one in given], *others],
    }


def _of_page(page: Page) -> Iterator[Fault]:
    if found := list(_of_rooms(page)):
        yield from directives.unknown(page)  # it may be the cause; alone Sphinx tells it
    yield from found


def _of_rooms(page: Page) -> Iterator[Fault]:
    cut = list(tables.check(page))
    rows = {one.line for one in cut}
    yield from cut
    yield from (one for one in words.check(page) if one.line not in rows)
    for room in (front, directives, cells, seeds, exercises, footnotes, media):
        yield from room.check(page)
    yield from names.check_page(page)


def _refuse(book: Book, faults: Iterable[Fault]) -> None:
    told = [f"{book.relative(one.path)}:{one.line}: {one.words}" for one in faults]
    if told:
        raise BookError("\n".join(dict.fromkeys(told)))
