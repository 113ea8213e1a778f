"""The table of contents: pages that it leaves out, and levels that no sidebar shows."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from tools.book import SOURCES, Book, read_text, read_yaml
from tools.build.checks.fault import Fault

BESIDE = ("diagrams", "print")  # folders of book/ that hold no pages
LEVELS = 3  # chapters, sections, and sections of these


def check(book: Book) -> Iterator[Fault]:
    yield from _unlisted(book)
    contents = book.root / "_toc.yml"
    for name in _deep(read_yaml(contents)):
        words = f"page {name!r} stands below {LEVELS} levels of pages: the sidebar shows {LEVELS}"
        yield Fault(contents, _line(contents, name), words)


def _line(contents: Path, name: str) -> int:
    lines = enumerate(read_text(contents).splitlines(), 1)
    return next((n for n, line in lines if line.split()[-1:] == [name]), 1)


def _unlisted(book: Book) -> Iterator[Fault]:
    """Pages and folders that no line of _toc.yml names: no reader would see them.

    A draft begins with an underscore, and so does a folder that holds no pages.
    """
    top, listed = book.root / SOURCES, {page.path for page in book.pages}
    files = [path for path in top.rglob("*") if path.is_file() and not _apart(book, path)]
    pages = {path for path in files if path.suffix == ".md"}
    pages |= {path for one in listed for path in one.parent.glob("*.md")}
    for path in sorted(pages - listed):
        if not path.name.startswith(("_", "README")):
            yield Fault(path, 1, "no line of _toc.yml names this page")
    for folder in sorted({path.parent for path in files} - {path.parent for path in pages} - {top}):
        if not any(page.is_relative_to(folder) for page in pages):
            yield Fault(folder, 1, "no line of _toc.yml names a page of this folder")


def _apart(book: Book, path: Path) -> bool:
    """Whether it is a draft, hidden, or of a folder that holds other things than pages."""
    inside = path.relative_to(book.root / SOURCES).parts
    return inside[0] in BESIDE or any(part.startswith(("_", ".")) for part in inside)


def _deep(entry: object, level: int = 0) -> Iterator[str]:
    """The pages below the last level, the outermost alone."""
    if isinstance(entry, list):
        for one in entry:
            yield from _deep(one, level)
    elif isinstance(entry, dict):
        level += "file" in entry
        if level > LEVELS:
            yield str(entry["file"])
            return
        for value in entry.values():
            yield from _deep(value, level)
