"""Entries that BibTeX could not read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from tools.book import Book, line_of, read_text
from tools.build.checks.fault import Fault
from tools.execute.recall import Recall


def check(book: Book, recall: Recall, stamp: str) -> Iterator[Fault]:
    """Ask the files; `stamp` tells the version that looks."""
    for path in files(book):
        if not path.is_file():
            config = book.root / "_config.yml"
            words = f"the bibliography {book.relative(path)} is not there"
            yield Fault(config, line_of(config, book.relative(path)), words)
            continue
        text = read_text(path)
        found = recall.answer("bibliography", f"{stamp}\0{text}", partial(_look, text))
        yield from (Fault(path, line, words) for line, words in found)


def _look(text: str) -> list[tuple[int, str]]:
    """The fault at which BibTeX's reader stops, with its line."""
    from pybtex.database.input.bibtex import Parser
    from pybtex.exceptions import PybtexError

    try:
        Parser().parse_string(text)
    except PybtexError as error:
        return [(_line_of(error, text), str(error))]
    return []


def files(book: Book) -> list[Path]:
    """The bibliographies that the settings name."""
    named = book.config.get("bibtex_bibfiles") or ()
    return [book.root / str(name) for name in (named if isinstance(named, list) else ())]


def _line_of(error: Exception, text: str) -> int:
    """The line that BibTeX's reader tells, or the last that opens the entry which it names."""
    if told := re.search(r"line (\d+)", str(error)):
        return int(told[1])
    opening = re.compile(r"@\w+\{\s*" + re.escape(str(error).rpartition(" ")[2]) + r"\s*,")
    lines = enumerate(text.splitlines(), 1)
    return max((number for number, line in lines if opening.match(line)), default=1)
