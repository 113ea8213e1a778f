"""Where a book's files are, and which pages it has."""

from __future__ import annotations

import os
from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import yaml

SOURCES = "book"  # the folder of the pages, a folder a chapter
APPENDICES = "appendix"  # no chapter, and
PARTS = "parts"  # neither are the pages that open parts
FAST = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class BookError(Exception):
    """A fault of the book or of a tool's use, told in one line to the person who builds."""


@dataclass(frozen=True)
class Page:
    """One source file of the table of contents.

    Attributes:
        docname: path without its ending, relative to the root, as in `_toc.yml`.
        path: the Markdown file.
    """

    docname: str
    path: Path

    @cached_property
    def text(self) -> str:
        return read_text(self.path)

    @cached_property
    def front_matter(self) -> dict[str, object]:
        if not self.text.startswith("---\n"):
            return {}
        head, mark, _ = self.text[4:].partition("\n---\n")
        if not mark:
            return {}
        try:
            found = load_yaml(head)
        except yaml.MarkedYAMLError as error:
            line = error.problem_mark.line + 2 if error.problem_mark else 1  # after the fence
            why = f"front matter is not YAML: {error.problem}"
            raise BookError(f"{self.path}:{line}: {why}.") from error
        return found if isinstance(found, dict) else {}

    @property
    def chapter(self) -> str:
        """The folder below that of the sources; a page in none is a chapter by itself."""
        return self.docname.removeprefix(f"{SOURCES}/").partition("/")[0]

    @property
    def is_opening(self) -> bool:
        """Whether it is the page that leads into a chapter's others."""
        return self.path.stem == "index"

    @property
    def is_notebook(self) -> bool:
        return "kernelspec" in self.front_matter

    @property
    def is_printed(self) -> bool:
        """Whether its front matter lets it into the printed book."""
        return str(self.front_matter.get("print", True)).lower() != "false"

    @property
    def reads(self) -> tuple[str, ...]:
        """Tables of other pages that it declares to read (front matter `ebm: {reads: []}`)."""
        declared = self.front_matter.get("ebm") or {}
        if not isinstance(declared, dict):
            raise BookError(
                f"{self.path}:1: 'ebm' must be a mapping such as {{reads: [ellipse-data]}}."
                f" Got {declared!r}."
            )
        names = declared.get("reads") or []
        if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
            line = line_of(self.path, "reads:")
            raise BookError(
                f"{self.path}:{line}: 'reads' must be a list such as [ellipse-data]. Got {names!r}."
            )
        return tuple(names)


@dataclass(frozen=True)
class Book:
    """The root of a checkout and everything that is found from there."""

    root: Path

    def __post_init__(self) -> None:
        for name in ("_config.yml", "_toc.yml"):
            if not (self.root / name).is_file():
                raise BookError(f"{self.root / name} is missing: {self.root} is no book's root.")

    @property
    def build(self) -> Path:
        return self.root / "_build"

    @property
    def cache(self) -> Path:
        """Where Jupyter Book looks for executed notebooks by itself, too."""
        return self.build / ".jupyter_cache"

    @property
    def records(self) -> Path:
        """One small file a page: what it was executed from."""
        return self.build / "executed"

    @property
    def tables(self) -> Path:
        """Tables written by the pages, for the pages that declare to read them."""
        return self.build / "tables"

    @property
    def stylesheet(self) -> Path:
        return self.root / SOURCES / "maths-preamble.tex"

    @cached_property
    def config(self) -> dict[str, object]:
        found = read_yaml(self.root / "_config.yml")
        return found if isinstance(found, dict) else {}

    @cached_property
    def pages(self) -> list[Page]:
        """All pages in the order of the table of contents.

        Raises:
            BookError: with the line of `_toc.yml`, if a page is not there or named twice.
        """
        contents = self.root / "_toc.yml"
        pages = [self._page(name) for name in _docnames(read_yaml(contents))]
        for docname, count in Counter(page.docname for page in pages).items():
            if count > 1:
                lines = enumerate(read_text(contents).splitlines(), 1)
                named = [n for n, line in lines if line.split()[-1:] == [docname]]
                where = f"{contents}:{max(named, default=1)}"
                raise BookError(f"{where}: page {docname!r} is named {count} times.")
        return pages

    @property
    def notebooks(self) -> list[Page]:
        return [page for page in self.pages if page.is_notebook]

    @cached_property
    def chapters(self) -> dict[str, list[Page]]:
        """The pages of each chapter in the order of the contents, by the name of its folder.

        The home page, the appendices and the pages that open parts are of none.
        """
        found: dict[str, list[Page]] = {}
        for page in self.pages[1:]:  # the first is the home page
            if page.chapter not in (APPENDICES, PARTS):
                found.setdefault(page.chapter, []).append(page)
        return found

    @cached_property
    def parts(self) -> list[list[Page]]:
        """The pages of each numbered part of the contents; none where it has no parts."""
        contents = read_yaml(self.root / "_toc.yml")
        given = contents.get("parts") if isinstance(contents, dict) else None
        numbered = [one for one in given or () if isinstance(one, dict) and one.get("numbered")]
        pages = {page.docname: page for page in self.pages}
        return [[pages[name.removesuffix(".md")] for name in _docnames(part)] for part in numbered]

    @property
    def samples(self) -> list[Page]:
        """One page a chapter for what would take too long with all: the first after its opening."""
        first = []
        for pages in self.chapters.values():
            run = [page for page in pages if page.is_notebook]
            first += [*(page for page in run if not page.is_opening), *run][:1]
        return first

    def _page(self, name: str) -> Page:
        docname = name.removesuffix(".md")
        path = self.root / f"{docname}.md"
        if not path.is_file():
            contents = self.root / "_toc.yml"
            where = f"{contents}:{line_of(contents, docname)}"
            stem = docname.removesuffix(".ipynb")
            if path.with_name(f"{Path(stem).name}.ipynb").is_file():
                raise BookError(f"{where}: {_convert(stem)}")
            raise BookError(f"{where}: page {docname!r} is missing: no file {path}.")
        return Page(docname, path)

    def relative(self, path: Path) -> str:
        """The path as a person in the root would write it."""
        return os.path.relpath(path, self.root)


def _convert(stem: str) -> str:
    """What to do with a notebook that was named as a page."""
    return (
        f"{stem}.ipynb is a notebook, and pages are MyST Markdown:"
        f" jupytext --to md:myst {stem}.ipynb, then the front matter of a neighbour."
    )


def table_files(folder: Path, name: str) -> list[Path]:
    """The files of a figure's table, columns of one length in each: NAME.txt, NAME-2.txt, ..."""
    found = [folder / f"{name}.txt"]
    while found[-1].is_file():
        found.append(folder / f"{name}-{len(found) + 1}.txt")
    return found[:-1]


def read_text(path: Path) -> str:
    r"""A source's text, without a byte-order mark and with the line endings \n.

    Raises:
        BookError: with file and line, if it is not UTF-8.
    """
    content = path.read_bytes()
    try:
        text = content.decode("utf-8-sig")
        return text.replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise BookError(f"{path}:{line}: this is not UTF-8: {error.reason}.") from error


def load_yaml(text: str) -> object:
    """What YAML says, read by libyaml where it is there, ten times as fast.

    Raises:
        yaml.YAMLError: in the words of PyYAML's own reader.
    """
    try:
        return yaml.load(text, Loader=FAST)
    except yaml.YAMLError:
        return yaml.safe_load(text)


def read_yaml(path: Path) -> object:
    """What a YAML file says.

    Raises:
        BookError: with file and line, if it is not YAML.
    """
    text = read_text(path)
    try:
        return load_yaml(text)
    except yaml.MarkedYAMLError as error:
        lines = text.splitlines()
        marks = [mark.line for mark in (error.problem_mark, error.context_mark) if mark]
        # Where reading stopped; if that is the end, where what is not closed begins.
        line = next((one for one in marks if one < len(lines)), max(len(lines) - 1, 0))
        why = _indented(lines, line) or error.problem
        raise BookError(f"{path}:{line + 1}: this is not YAML: {why}.") from error


def _indented(lines: list[str], line: int) -> str:
    """How a line stands beside those before it, if that is the reason why reading stopped there."""

    def depth(text: str) -> int:
        return len(text) - len(text.lstrip(" "))

    if not lines:
        return ""
    kind, own = lines[line].strip()[:1], depth(lines[line])
    before = [depth(text) for text in lines[:line] if text.strip()[:1] == kind]
    near = [one for one in reversed(before) if abs(one - own) == 1]
    if own in before or not near:
        return ""
    return f"indented by {own}, its neighbours by {near[0]}"


def line_of(path: Path, text: str) -> int:
    """The first line of a file that holds a text; 1 if none does."""
    lines = read_text(path).splitlines()
    return next((n for n, line in enumerate(lines, 1) if text in line), 1)


def _docnames(entry: object) -> list[str]:
    """Every `root:` and `file:` of a table of contents, depth first."""
    if isinstance(entry, list):
        return [name for item in entry for name in _docnames(item)]
    if not isinstance(entry, dict):
        return []
    own = [str(entry[key]) for key in ("root", "file") if key in entry]
    nested = [name for value in entry.values() for name in _docnames(value)]
    return own + nested
