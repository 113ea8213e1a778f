"""What an edition says of itself, shown on pages: CITATION.cff and CHANGELOG.md."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tools.book import Book, line_of, read_text, read_yaml
from tools.build.checks.fault import Fault

ASKED = ("title", "authors", "version", "date-released")
PERSON = ("family-names", "given-names")
TITLE = "# Changelog"  # what comes after it is the page
RELEASE = re.compile(r"## \[(Unreleased|\d+\.\d+\.\d+\] - \d{4}-\d\d-\d\d)\]?")


def check(book: Book) -> Iterator[Fault]:
    yield from _citation(book)
    yield from _changelog(book)


def _citation(book: Book) -> Iterator[Fault]:
    path = book.root / "CITATION.cff"
    if not path.is_file():
        return  # told by the page that shows it
    given = read_yaml(path)
    facts = given if isinstance(given, dict) else {}
    if lacking := [key for key in ASKED if not facts.get(key)]:
        yield Fault(path, 1, f"{' and '.join(lacking)} must be said: pages say how to cite by it")
    authors = facts.get("authors") or []
    for one in authors if isinstance(authors, list) else [authors]:
        named = isinstance(one, dict) and (one.get("name") or all(map(one.get, PERSON)))
        if not named:
            words = f"an author is a name, or {' and '.join(PERSON)}. Got {one!r}"
            yield Fault(path, line_of(path, "authors:"), words)


def _changelog(book: Book) -> Iterator[Fault]:
    path = book.root / "CHANGELOG.md"
    if not path.is_file():
        return  # told by the page that shows it
    lines = read_text(path).splitlines()
    if TITLE not in lines:
        yield Fault(path, 1, f"no line {TITLE!r}: a page shows what comes after it")
    seen: dict[str, int] = {}
    for number, line in enumerate(lines, 1):
        if not line.startswith("## "):
            continue
        if not RELEASE.fullmatch(line):
            words = "a release is '## [Unreleased]' or '## [1.2.3] - YYYY-MM-DD'"
            yield Fault(path, number, f"{words}. Got {line!r}")
        elif (first := seen.setdefault(line.partition("]")[0], number)) != number:
            yield Fault(path, number, f"this release stands in line {first} already")
