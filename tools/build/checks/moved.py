"""The list of pages that moved: each leads from an address that is free to a page of today."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import NamedTuple

import yaml

from tools.book import SOURCES, Book, read_text, read_yaml
from tools.build.checks.fault import Fault, did_you_mean

NAME = re.compile(r"[A-Za-z0-9][\w-]*(/[A-Za-z0-9][\w-]*)*")
TAKEN = ("404", "genindex", "index", "search")  # pages that Sphinx writes itself


class Moved(NamedTuple):
    """A line of the list."""

    line: int
    old: str
    new: str


def moved_file(book: Book) -> Path:
    return book.root / SOURCES / "moved.yml"


def moved(book: Book) -> list[Moved]:
    """The list, in its order; a page may stand in it twice, which YAML itself would not tell.

    Raises:
        BookError: with file and line, if it is not YAML.
    """
    path = moved_file(book)
    if not path.is_file():
        return []
    read_yaml(path)
    root = yaml.compose(read_text(path), yaml.SafeLoader)
    if root is None:
        return []
    if not isinstance(root, yaml.MappingNode):
        return [Moved(root.start_mark.line + 1, "", "")]
    return [
        Moved(key.start_mark.line + 1, str(key.value), str(value.value))
        for key, value in root.value
    ]


def check(book: Book) -> Iterator[Fault]:
    pages = {page.docname for page in book.pages}
    seen: dict[str, int] = {}
    for one in moved(book):
        words = _wrong(book, one, pages)
        if first := seen.get(one.old):
            words = f"{one.old!r} stands in line {first} already"
        seen.setdefault(one.old, one.line)
        if words:
            yield Fault(moved_file(book), one.line, words)


def _wrong(book: Book, one: Moved, pages: Collection[str]) -> str:
    """What is wrong with a line; empty if nothing is."""
    if not NAME.fullmatch(one.old) or not NAME.fullmatch(one.new):
        return (
            "a line must be an old page and a new one, as in _toc.yml:"
            f" book/CHAPTER/OLD: book/CHAPTER/NEW. Got {one.old!r}: {one.new!r}"
        )
    if one.old in pages or one.old in TAKEN or (book.root / f"{one.old}.md").is_file():
        return f"the page {one.old!r} is there: an address that is in use cannot lead elsewhere"
    if one.new not in pages:
        return f"no page {one.new!r} in _toc.yml to lead to{did_you_mean(one.new, pages)}"
    return ""
