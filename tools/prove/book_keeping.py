"""What a reader sees of a page's book-keeping: imports, claims, seeds among the code in view.

    python -m tools.prove.book_keeping [--root .] [CHAPTER ...]

A cell stands in view unless it folds (a check, the imports, what only draws) or belongs to a
solution. The table counts lines in view; below it stands, with file and line, what should fold.
"""

from __future__ import annotations

import argparse
import ast
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tools.book import Book, BookError, Page
from tools.build.checks.markdown import Block, Directive, blocks

CLAIMS = {"assert_close", "glue", "answer"}  # functions whose call proves or keeps
PLUMBING = re.compile(r"\b(?:manual_seed|no_grad|detach)\b")
HIDING = re.compile(r"\bhide-(?:input|cell)\b")
IMPORTS = re.compile(r"\bimports\b")
WORDS = ("paragraph_open",)


@dataclass(frozen=True)
class Counted:
    """The lines in view of a page, and of how many cells."""

    cells: int
    lines: int
    kept: int
    plumbing: int


def in_view(page: Page) -> Iterator[tuple[Block, Directive]]:
    """The cells that a reader sees without opening anything."""
    yield from (pair for pair in _cells(page) if not _folds(*pair))


def faults(page: Page) -> Iterator[tuple[int, str]]:
    """The lines of a page (from 1) that break the rules of CONTRIBUTING.md, and how."""
    for _, cell in in_view(page):
        for first, _, what in kept(cell):
            yield first, f"{what} in view: let it fold in a check, or among the imports"
    yield from _scattered_imports(page)
    yield from _speechless(page)


def kept(cell: Directive) -> Iterator[tuple[int, int, str]]:
    """First and last line on the page of each import, assertion and kept number of a cell."""
    for node in _nodes(cell.body):
        what = _what(node)
        if what and isinstance(node, ast.stmt | ast.expr):
            offset = cell.start - 1
            yield node.lineno + offset, (node.end_lineno or node.lineno) + offset, what


def count(page: Page) -> Counted:
    """The lines in view that are not blank, those that keep books, those that are plumbing."""
    cells = lines = plumbing = books = 0
    for _, cell in in_view(page):
        written = cell.body.splitlines()
        cells += 1
        lines += sum(bool(line.strip()) for line in written)
        plumbing += sum(bool(PLUMBING.search(line)) for line in written)
        books += len({k for one, last, _ in kept(cell) for k in range(one, last + 1)})
    return Counted(cells, lines, books, plumbing)


def _cells(page: Page) -> Iterator[tuple[Block, Directive]]:
    """All cells but those of solutions."""
    solved = False
    for block in blocks(page.text):
        one = block.directive
        if one is None or block.within:
            continue
        if one.name in ("solution-start", "solution-end"):
            solved = one.name == "solution-start"
        if one.name == "code-cell" and not solved:
            yield block, one


def _folds(block: Block, cell: Directive) -> bool:
    head = "\n".join(block.source[: cell.start - block.line])
    return "check" in cell.options or bool(HIDING.search(head) or IMPORTS.search(head))


def _what(node: ast.AST) -> str:
    if isinstance(node, ast.Import | ast.ImportFrom):
        return "an import"
    if isinstance(node, ast.Assert):
        return "an assertion"
    if isinstance(node, ast.Call):
        name = getattr(node.func, "attr", getattr(node.func, "id", ""))
        return f"{name}()" if name in CLAIMS else ""
    return ""


def _nodes(code: str) -> list[ast.AST]:
    try:
        return list(ast.walk(ast.parse(code)))
    except SyntaxError:  # a magic, or a fault that the run tells
        return []


def _scattered_imports(page: Page) -> Iterator[tuple[int, str]]:
    """What is in view or draws is imported by one cell of a page, at its first use."""
    first = 0
    for block, cell in _cells(page):
        if "check" in cell.options or not _folds(block, cell):
            continue
        lines = [line for line, _, what in kept(cell) if what == "an import"]
        if lines and first:
            yield lines[0], f"imports stand in one cell of a page, here in that of line {first}"
        elif lines:
            first = block.line


def _speechless(page: Page) -> Iterator[tuple[int, str]]:
    """A cell in view that follows another without a sentence between: a heading is none."""
    seen = {block.line for block, _ in in_view(page)}
    said = True
    for block in blocks(page.text):
        if block.within:
            continue
        if block.line in seen and block.directive and block.directive.name == "code-cell":
            if not said:
                yield block.line, "no sentence stands between this cell and the one in view before"
            said = False
        said = said or block.kind in WORDS


def _told(book: Book, page: Page) -> list[str]:
    return [f"{book.relative(page.path)}:{line}: {words}" for line, words in faults(page)]


def main() -> int:
    """Print the table and the faults; how many there are is no failure."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--root", type=Path, default=Path.cwd())
    parser.add_argument("chapters", nargs="*", help="those alone")
    given = parser.parse_args()
    try:
        book = Book(given.root.resolve())
        pages = [page for one in book.chapters.values() for page in one if page.is_notebook]
    except BookError as error:
        print(error, file=sys.stderr)
        return 1
    pages = [page for page in pages if not given.chapters or page.chapter in given.chapters]
    rows = [(page.docname.partition("/")[2], count(page)) for page in pages]
    print(f"{'page':32}{'cells':>7}{'lines':>7}{'kept':>7}{'seeds':>7}")
    for name, one in rows:
        print(f"{name:32}{one.cells:7}{one.lines:7}{one.kept:7}{one.plumbing:7}")
    fields = ("cells", "lines", "kept", "plumbing")
    sums = [sum(getattr(one, field) for _, one in rows) for field in fields]
    print(f"{'all':32}" + "".join(f"{number:7}" for number in sums))
    print("\n".join(line for page in pages for line in _told(book, page)))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
