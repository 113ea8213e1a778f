"""Which claims hold on other draws: pages run with every seed moved.

    python -m tools.prove.seeds [--root .] [--offsets 5] [--more 10] [CHAPTER | PAGE ...]

Each offset has a cache of its own, so that what was run is not run again. A claim that is false on
one of the offsets is tried on more of them; one that is false on more than one in ten of all is a
fault of the page: it says what its seeds show, and not what holds.
"""

from __future__ import annotations

import argparse
import sys
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from nbformat import NotebookNode
from nbformat.v4 import new_code_cell

from tools.book import Book, BookError, Page
from tools.execute.cache import ExecutionCache
from tools.execute.execution import Execution
from tools.execute.run_page import line_of_cell
from tools.machine import cores
from tools.prove.moved import MIME

FIRST = """import sys

sys.path.append({!r})
from tools.prove.moved import install

install({})"""
TOOLS = Path(__file__).resolve().parents[2]  # where the kernel finds this package
STEP = 1000  # between offsets: no page names so many seeds
RARE = 0.1  # the share of draws on which a claim may be false
LIMIT = 900.0  # seconds a page: other draws may take longer, and nobody waits


class Failure(NamedTuple):
    """A claim that was false: where it stands, and the values that it was about."""

    place: str
    words: str


class Draws(ExecutionCache):
    """The outputs of pages whose first cell moves the seeds."""

    def __init__(self, book: Book, offset: int) -> None:
        super().__init__(book)
        self.offset = offset

    def read(self, page: Page) -> NotebookNode:
        """The page's source with that cell before its own."""
        notebook = super().read(page)
        notebook.cells.insert(0, new_code_cell(FIRST.format(str(TOOLS), self.offset)))
        notebook.metadata["source_map"] = [0, *notebook.metadata["source_map"]]
        return notebook


class Moved(Execution):
    """An execution of some pages, which goes on whatever fails."""

    def __init__(self, book: Book, offset: int) -> None:
        super().__init__(book, cores(), LIMIT)
        self.cache = Draws(book, offset)

    def of(self, pages: Sequence[Page]) -> list[Failure]:
        """Run what is stale of these pages; what was false on them."""
        for group in ([p for p in pages if not p.reads], [p for p in pages if p.reads]):
            with suppress(BookError):  # it stands in the report
                self._run_stale(group)
        self.recall.save()
        stopped = [told.partition("\n")[0] for told in self.report.failed]
        ends = [Failure(":".join(told.split(":")[:2]), told) for told in stopped]
        return [*ends, *(one for page in pages for one in self._false(page))]

    def _false(self, page: Page) -> Iterator[Failure]:
        if self.cache.record(page) is None:
            return
        notebook = self.cache.outputs(page)
        for number, cell in enumerate(notebook.cells):
            for output in cell.get("outputs", []):
                if told := output.get("data", {}).get(MIME):
                    line = line_of_cell(page, notebook, number) + told["line"] - 1
                    yield Failure(f"{self.book.relative(page.path)}:{line}", told["words"])


def copy(book: Book, offset: int) -> Book:
    """The same sources in a folder whose outputs are those of one offset."""
    root = book.build / "seeds" / str(offset)
    root.mkdir(parents=True, exist_ok=True)
    for source in book.root.iterdir():
        place = root / source.name
        if not source.name.startswith(".") and source != book.build and not place.is_symlink():
            place.symlink_to(source)
    return Book(root)


def chosen(book: Book, names: Sequence[str]) -> list[Page]:
    """Pages by docname or chapter, all by default, with those whose tables they read.

    Raises:
        BookError: for a name that is neither, and if it is not known who writes a table.
    """
    by_name = {page.docname: page for page in book.notebooks}
    found: dict[str, Page] = {} if names else dict(by_name)
    for name in names:
        pages = book.chapters.get(name) or [page for page in book.notebooks if page.docname == name]
        if not pages:
            raise BookError(f"{name!r} is neither a page nor a chapter of {book.root}.")
        found |= {page.docname: page for page in pages if page.is_notebook}
    cache = ExecutionCache(book)
    writers = {t: p for p in book.notebooks if (one := cache.record(p)) for t in one.tables}
    for page in list(found.values()):
        for table in page.reads:
            if table not in writers:
                raise BookError(f"{page.docname} reads {table!r}: build the book first.")
            found[writers[table].docname] = writers[table]
    return [page for page in book.notebooks if page.docname in found]


def tried(book: Book, pages: Sequence[Page], offsets: Sequence[int]) -> dict[str, dict[int, str]]:
    """By place, the offsets at which a claim was false, and what it said there."""
    found: dict[str, dict[int, str]] = defaultdict(dict)
    names = {page.docname for page in pages}
    for offset in offsets:
        there = copy(book, offset)
        print(f"seeds + {offset}", flush=True)
        for place, words in Moved(there, offset).of([p for p in there.pages if p.docname in names]):
            found[place].setdefault(offset, words)
    return found


def reported(found: dict[str, dict[int, str]], draws: dict[str, int]) -> list[str]:
    """The places at which too many draws were false; prints all.

    Args:
        found: as `tried` gives it.
        draws: by place, on how many draws its page was run.
    """
    too_often = []
    for place, told in sorted(found.items()):
        offsets = ", ".join(map(str, sorted(told)))
        print(f"{place}: false on {len(told)} of {draws[place]} draws ({offsets})")
        print(f"    {next(iter(told.values()))}")
        if len(told) > RARE * draws[place]:
            too_often.append(place)
    return too_often


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("names", nargs="*", metavar="CHAPTER or PAGE")
    parser.add_argument("--root", type=Path, default=Path.cwd())
    parser.add_argument("--offsets", type=int, default=5, help="draws of every page")
    parser.add_argument("--more", type=int, default=10, help="draws of what was false on one")
    options = parser.parse_args()
    first = [STEP * (k + 1) for k in range(options.offsets)]
    more = [STEP * (k + 1) for k in range(options.offsets, options.offsets + options.more)]
    try:
        book = Book(options.root.resolve())
        pages = chosen(book, options.names)
        found = tried(book, pages, first)
        again = [p for p in pages if any(place.startswith(f"{p.docname}.md:") for place in found)]
        with_readers = chosen(book, [p.docname for p in again]) if again else []
        for place, told in tried(book, with_readers, more if again else []).items():
            found[place] |= told
    except BookError as error:
        print(error, file=sys.stderr)
        return 1
    twice = {p.docname for p in with_readers}
    draws = {
        place: len(first) + (len(more) if place.rpartition(".md:")[0] in twice else 0)
        for place in found
    }
    if too_often := reported(found, draws):
        print(f"{len(too_often)} claims are false on more than one draw in ten", file=sys.stderr)
        return 1
    print("every claim holds on nine draws in ten")
    return 0


if __name__ == "__main__":
    sys.exit(main())
