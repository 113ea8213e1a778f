"""A book of one page, and what the check says of it."""

from __future__ import annotations

from pathlib import Path

from tests.helpers.tiny import HEAD, make_book
from tools.book import Book, BookError
from tools.build.check import check

TITLE = "(a-page)=\n# A page\n\n"
SHOW = 'from ebmlib.plot.show import show\n\nshow(fig, "a-page-x", alt="A curve that falls.")'
PLACE = "```{computed} a-page-x\nA curve.\n```\n"


def told(root: Path) -> list[str]:
    try:
        check(Book(root))
    except BookError as error:
        return str(error).splitlines()
    return []


def page(root: Path, text: str) -> str:
    """A book whose page `other` holds the text; returns the page."""
    source = HEAD + TITLE + text + "\n"
    make_book(root, other=source)
    (root / "a.png").touch()
    return source
