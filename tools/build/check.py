"""Look through the sources before anything runs: each fault with its file and line.

First the cause: what is wrong in the settings, in the stylesheet or in a page's fences is told
alone, since all that comes after would tell its effects.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from tools.book import Book, BookError, Page
from tools.build.checks import (
    bibliography,
    cells,
    contents,
    diagrams,
    exercises,
    fences,
    footnotes,
    media,
    names,
    seeds,
    settings,
    stylesheet,
    tables,
    words,
)
from tools.build.checks.fault import Fault


def check(book: Book) -> None:
    """Look through the sources.

    Raises:
        BookError: with a line for each fault.
    """
    _refuse(book, [*settings.check(book), *stylesheet.check(book)])
    _refuse(book, [*contents.check(book), *diagrams.check(book), *_of_pages(book)])


def _of_pages(book: Book) -> Iterator[Fault]:
    yield from bibliography.check(book)
    whole = True
    for page in book.pages:
        if broken := list(fences.check(page)):
            whole = False
            yield from broken
        else:
            yield from _of_page(book, page)
    if whole:
        yield from names.check(book)


def _of_page(book: Book, page: Page) -> Iterator[Fault]:
    cut = list(tables.check(page))
    rows = {one.line for one in cut}
    yield from cut
    yield from (one for one in words.check(page) if one.line not in rows)
    for room in (cells, seeds, exercises, footnotes):
        yield from room.check(page)
    yield from media.check(book, page)
    yield from names.check_page(page)


def _refuse(book: Book, faults: Iterable[Fault]) -> None:
    told = [f"{book.relative(one.path)}:{one.line}: {one.words}" for one in faults]
    if told:
        raise BookError("\n".join(dict.fromkeys(told)))
