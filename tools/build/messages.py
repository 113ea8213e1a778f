"""What Sphinx says, as an author reads it: each message once, with the file as it lies in the book,
and the name that was meant where one is near."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager, redirect_stderr
from functools import cached_property
from typing import TextIO

from tools.book import Book, line_of, read_text
from tools.build.checks import bibliography, named
from tools.build.checks.fault import did_you_mean
from tools.build.checks.stylesheet import MACRO

ROLES = {
    *("abbr", "cite", "cite:p", "cite:t", "code", "doc", "download", "eq", "glue", "glue:text"),
    *("index", "kbd", "math", "numref", "ref", "sub", "sup", "term"),
}
DIRECTIVES = {"code-cell", "bibliography", "glossary", "index", "math", "toctree", "exercise"}
OF_NOBODY = re.compile(r"(\S+?)\.rst(?::(\d+))?:")
ENTRY = re.compile(r"^@\w+\{\s*([^,\s]+)", re.MULTILINE)


@contextmanager
def told_well(book: Book, stream: TextIO) -> Iterator[None]:
    """What is said on stderr within goes to `stream` line by line, mended."""
    telling = Telling(book, stream)
    with redirect_stderr(telling):
        yield
    telling.close_line()


class Telling(io.TextIOBase):
    """A stream whose lines are mended before they are passed on."""

    def __init__(self, book: Book, stream: TextIO) -> None:
        self.book, self.stream, self.names = book, stream, Names(book)
        self._line = ""
        self._said: set[str] = set()

    def isatty(self) -> bool:
        return self.stream.isatty()

    def fileno(self) -> int:
        return self.stream.fileno()

    def flush(self) -> None:
        self.stream.flush()

    def write(self, text: str, /) -> int:
        *whole, self._line = (self._line + text).split("\n")
        for line in whole:
            self._tell(line)
        return len(text)

    def close_line(self) -> None:
        if self._line:
            self._tell(self._line)
        self._line = ""

    def _tell(self, line: str) -> None:
        """A message that names its place is said once; other lines may be parts of one."""
        line = mended(placed(self.book, line.replace(f"{self.book.root}/", "")), self.names)
        whole = re.match(r"\S+\.(?:md|py|tex|bib|yml)(?::\d+)?:", line) is not None
        if not (whole and line in self._said):
            self.stream.write(f"{line}\n")
        self._said.add(line)


class Names:
    """What a mistyped name may have meant, read from the sources when it is asked."""

    def __init__(self, book: Book) -> None:
        self.book = book

    @cached_property
    def labels(self) -> set[str]:
        pages = self.book.pages
        figures = {f"fig-{name}" for page in pages for name, _ in named.places(page)}
        return figures | {name for page in pages for name, _ in named.labels(page)}

    @cached_property
    def terms(self) -> set[str]:
        return {name for page in self.book.pages for name, _ in named.terms(page)}

    @cached_property
    def keys(self) -> set[str]:
        files = [path for path in bibliography.files(self.book) if path.is_file()]
        return {key for path in files for key in ENTRY.findall(read_text(path))}

    @cached_property
    def macros(self) -> set[str]:
        path = self.book.stylesheet
        lines = read_text(path).splitlines() if path.is_file() else []
        return {f"\\{found[1]}" for line in lines if (found := MACRO.match(line))}

    @cached_property
    def targets(self) -> set[str]:
        return self.labels | {f"{page.path.name}" for page in self.book.pages}

    @cached_property
    def diagrams(self) -> set[str]:
        from tools.diagrams import names

        folder = self.book.root / "book" / "diagrams"
        return set(names(folder)) if folder.is_dir() else set()

    @property
    def roles(self) -> set[str]:
        from docutils.parsers.rst import roles

        return ROLES | set(getattr(roles, "_roles", ()))

    @property
    def directives(self) -> set[str]:
        from docutils.parsers.rst import directives

        known = {name for page in self.book.pages for name in named.used(page)}
        return DIRECTIVES | known | set(getattr(directives, "_directives", ()))


KINDS: tuple[tuple[re.Pattern[str], Callable[[Names], set[str]]], ...] = (
    (re.compile(r"undefined label: '([^']+)'"), lambda names: names.labels),
    (re.compile(r"equation not found: (\S+)"), lambda names: names.labels),
    (re.compile(r"cross-reference target not found: '([^']+)'"), lambda names: names.targets),
    (re.compile(r"term not in glossary: '([^']+)'"), lambda names: names.terms),
    (re.compile(r'could not find bibtex key "([^"]+)"'), lambda names: names.keys),
    (re.compile(r'Unknown interpreted text role "([^"]+)"'), lambda names: names.roles),
    (re.compile(r"Unknown directive type: '([^']+)'"), lambda names: names.directives),
    (re.compile(r"Undefined control sequence: (\\[A-Za-z]+)"), lambda names: names.macros),
    (re.compile(r"there is no ([\w-]+)\.svg"), lambda names: names.diagrams),
)


def placed(book: Book, line: str) -> str:
    """The line with the file that its author wrote: Sphinx ends what it does not know in .rst."""
    if not (found := OF_NOBODY.match(line)) or (book.root / f"{found[1]}.rst").is_file():
        return line
    stem, number, rest = found[1].removesuffix(".rst"), found[2] or "1", line[found.end() :]
    own = next((one for one in (stem, f"{stem}.md") if (book.root / one).is_file()), None)
    if own is None:
        return line
    name = next((one[1] for pattern, _ in KINDS if (one := pattern.search(rest))), None)
    if name and name in read_text(book.root / own):
        number = str(line_of(book.root / own, name))
    return f"{own}:{number}:{rest}"


def mended(line: str, names: Names) -> str:
    """The line with the nearest name that there is, if it tells of one that there is not."""
    for pattern, known in KINDS:
        if found := pattern.search(line):
            return line.rstrip() + did_you_mean(found[1], known(names) - {found[1]})
    return line
