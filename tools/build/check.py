"""Faults of the sources that can be told before any page runs, each with its file and line."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

from tools.book import SOURCES, Book, BookError, Page, line_of, read_yaml

GATE = re.compile(r"^`{3,}\{(exercise|solution)-(start|end)\}\s*(\S*)")
CODE = re.compile(r"^(`{3,})(?:\{code-[a-z]+\}|\w*$).*?^\1\s*$|`[^`\n]+`", re.MULTILINE | re.DOTALL)
NOTE = re.compile(r"\[\^([\w-]+)\](:?)")
CELL = re.compile(r"^```\{code-cell\}")
UNPROVEN = re.compile(r"^:?tags:.*\b(raises-exception|skip-execution)\b")
SOLUTION = re.compile(r"^`{3,}\{solution(?:-start)?\}\s*(\S+)")
BESIDE = ("diagrams", "print")  # folders of book/ that hold no pages


def check(book: Book) -> None:
    """Look through the sources.

    Raises:
        BookError: with a line for each fault.
    """
    found = [*_python(book), *_settings(book), *_unlisted(book)]
    found += [*_diagrams(book), *_bibliography(book)]
    for page in book.pages:
        faults = [*_cells(page), *_exercises(page), *_footnotes(page)]
        found += [f"{book.relative(page.path)}:{line}: {text}" for line, text in faults]
    if found:
        raise BookError("\n".join(found))


def _python(book: Book) -> Iterator[str]:
    """Whether this Python is one that the book is made for."""
    path = book.root / "pyproject.toml"
    if not path.is_file():
        return
    asked = re.compile(r'^requires-python = ">=3\.(\d+),<3\.(\d+)"')
    for number, line in enumerate(path.read_text("utf8").splitlines(), 1):
        if wanted := asked.match(line):
            least, most = (3, int(wanted[1])), (3, int(wanted[2]))
            if not least <= sys.version_info[:2] < most:
                here = ".".join(map(str, sys.version_info[:3]))
                yield f"{book.relative(path)}:{number}: this is Python {here}; {line}"


def _settings(book: Book) -> Iterator[str]:
    """Keys of _config.yml that Jupyter Book does not know, and would pass over in silence."""
    defaults = read_yaml(Path(str(files("jupyter_book") / "default_config.yml")))
    assert isinstance(defaults, dict)
    for key in _unknown(book.config, {**defaults, "bibtex_bibfiles": []}):
        line = line_of(book.root / "_config.yml", f"{key.rpartition('.')[2]}:")
        yield f"_config.yml:{line}: Jupyter Book has no setting {key!r}"


def _unknown(settings: dict[str, object], known: dict[str, object], within: str = "") -> list[str]:
    """Names of settings that are not among the known ones, down to where those are free."""
    found = []
    for key, value in settings.items():
        name = f"{within}{key}"
        if key not in known:
            found.append(name)
        elif isinstance(value, dict) and isinstance(below := known[key], dict):
            found += _unknown(value, below, f"{name}.")
    return found


def _unlisted(book: Book) -> Iterator[str]:
    """Pages and folders that no line of _toc.yml names: no reader would see them.

    A draft begins with an underscore, and so does a folder that holds no pages.
    """
    top, listed = book.root / SOURCES, {page.path for page in book.pages}
    files = [path for path in top.rglob("*") if path.is_file() and not _apart(book, path)]
    pages = {path for path in files if path.suffix == ".md"}
    pages |= {path for one in listed for path in one.parent.glob("*.md")}
    for path in sorted(pages - listed):
        if not path.name.startswith(("_", "README")):
            yield f"{book.relative(path)}:1: no line of _toc.yml names this page"
    for folder in sorted({path.parent for path in files} - {path.parent for path in pages} - {top}):
        if not any(page.is_relative_to(folder) for page in pages):
            yield f"{book.relative(folder)}:1: no line of _toc.yml names a page of this folder"


def _apart(book: Book, path: Path) -> bool:
    """Whether it is a draft, hidden, or of a folder that holds other things than pages."""
    inside = path.relative_to(book.root / SOURCES).parts
    return inside[0] in BESIDE or any(part.startswith(("_", ".")) for part in inside)


def _diagrams(book: Book) -> Iterator[str]:
    """Drawings that are older than their sources."""
    from tools.diagrams import LIBRARY, fresh, names, source

    folder = book.root / "book" / "diagrams"
    if not (folder / LIBRARY).is_file():
        return
    for name in names(folder):
        drawing = source(name, folder).with_suffix(".svg")
        if drawing.is_file() and not fresh(name, folder, book.stylesheet):
            place = book.relative(drawing)
            yield f"{place}:1: is older than its .tex or the macros in it: run nox -s diagrams"


def _bibliography(book: Book) -> Iterator[str]:
    """Entries that BibTeX could not read."""
    from pybtex.database.input.bibtex import Parser
    from pybtex.exceptions import PybtexError

    named = book.config.get("bibtex_bibfiles") or ()
    for name in named if isinstance(named, list) else ():
        path = book.root / str(name)
        if not path.is_file():
            yield f"{name}: is named in _config.yml and is not there"
            continue
        try:
            Parser().parse_string(path.read_text("utf8"))
        except PybtexError as error:
            yield f"{name}:{_line_of(error, path)}: {error}"


def _line_of(error: Exception, path: Path) -> int:
    """The line that BibTeX's reader tells, or the last that opens the entry which it names."""
    if told := re.search(r"line (\d+)", str(error)):
        return int(told[1])
    opening = re.compile(r"@\w+\{\s*" + re.escape(str(error).rpartition(" ")[2]) + r"\s*,")
    lines = enumerate(path.read_text("utf8").splitlines(), 1)
    return max((number for number, line in lines if opening.match(line)), default=1)


def _cells(page: Page) -> Iterator[tuple[int, str]]:
    """Cells that nobody would run as the others, and tags by which a cell need not hold."""
    for number, line in enumerate(page.text.splitlines(), 1):
        if CELL.match(line) and not page.is_notebook:
            yield number, "a cell on a page whose front matter names no kernelspec"
        elif tag := UNPROVEN.match(line):
            yield number, f"by its tag {tag[1]} a cell may be wrong unseen"


def _exercises(page: Page) -> Iterator[tuple[int, str]]:
    """Gates that are not closed, and solutions of exercises that are not on the page."""
    opened: list[tuple[str, int]] = []
    labels = set(re.findall(r"^:label: (\S+)", page.text, re.MULTILINE))
    for number, line in enumerate(page.text.splitlines(), 1):
        if (solution := SOLUTION.match(line)) and solution[1] not in labels:
            yield number, f"a solution of the exercise {solution[1]!r}, which is not on this page"
        if not (gate := GATE.match(line)):
            continue
        kind, end = gate[1], gate[2] == "end"
        if not end:
            opened.append((kind, number))
        elif opened and opened[-1][0] == kind:
            opened.pop()
        else:
            yield number, f"{kind}-end without a {kind}-start"
    for kind, number in opened:
        yield number, f"{kind}-start without a {kind}-end"


def _footnotes(page: Page) -> Iterator[tuple[int, str]]:
    """Marks of footnotes that are not on the page: Markdown would leave them as they are typed."""
    words = CODE.sub(lambda code: "\n" * code[0].count("\n"), page.text)
    found = [
        (words.count("\n", 0, mark.start()) + 1, mark[1], mark[2]) for mark in NOTE.finditer(words)
    ]
    known = {name for _, name, colon in found if colon}
    for number, name, _ in found:
        if name not in known:
            yield number, f"there is no footnote {name!r} on this page"
