"""Entries that BibTeX could not read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from tools.book import Book, line_of, read_text
from tools.build.checks.fault import Fault


def check(book: Book) -> Iterator[Fault]:
    from pybtex.database.input.bibtex import Parser
    from pybtex.exceptions import PybtexError

    for path in files(book):
        if not path.is_file():
            config = book.root / "_config.yml"
            words = f"the bibliography {book.relative(path)} is not there"
            yield Fault(config, line_of(config, book.relative(path)), words)
            continue
        try:
            Parser().parse_string(read_text(path))
        except PybtexError as error:
            yield Fault(path, _line_of(error, path), str(error))


def files(book: Book) -> list[Path]:
    """The bibliographies that the settings name."""
    named = book.config.get("bibtex_bibfiles") or ()
    return [book.root / str(name) for name in (named if isinstance(named, list) else ())]


def _line_of(error: Exception, path: Path) -> int:
    """The line that BibTeX's reader tells, or the last that opens the entry which it names."""
    if told := re.search(r"line (\d+)", str(error)):
        return int(told[1])
    opening = re.compile(r"@\w+\{\s*" + re.escape(str(error).rpartition(" ")[2]) + r"\s*,")
    lines = enumerate(read_text(path).splitlines(), 1)
    return max((number for number, line in lines if opening.match(line)), default=1)
