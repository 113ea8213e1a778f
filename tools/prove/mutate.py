"""Which pages notice a lie: each edit of a table is planted in a copy of its page, which must stop.

    python -m tools.prove.mutate [--root .] [CHAPTER | PAGE ...]

The table is `tests/claims/lies/CHAPTER.json`: by page the lies, each with what it says (`lie`), the
text that it takes out (`old`) and puts in its place (`new`), and whether it strikes the page's
headline claim. A page notices if one of its own assertions is false; an error of another kind
proves nothing.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from tools.book import Book, BookError, Page, read_text
from tools.execute.cache import ExecutionCache
from tools.execute.fork_server import fork_server, kernel_command
from tools.execute.run_page import PageError, kernel_environment, run_page
from tools.machine import cores, list_fonts

TABLE = Path("tests", "claims", "lies")
FIELDS = {"lie": str, "old": str, "new": str, "headline": bool}
LIMIT = 900.0  # seconds: a lie may take longer than the truth


@dataclass(frozen=True)
class Lie:
    """An edit of a page's text that makes one of its claims untrue.

    Attributes:
        page: docname of the page.
        lie: what the edit does, in words.
        old: text that stands once on the page.
        new: what stands there instead.
        headline: whether it strikes the claim that the page is about.
    """

    page: str
    lie: str
    old: str
    new: str
    headline: bool

    def plant(self, text: str) -> str:
        """The page's text with the lie in it.

        Raises:
            BookError: if the old text does not stand there, or more than once.
        """
        if (count := text.count(self.old)) != 1:
            raise BookError(
                f"{self.page}.md: {self.lie!r}: its text must stand once on the page. "
                f"It stands there {count} times: {self.old!r}."
            )
        return text.replace(self.old, self.new)


def lies(root: Path) -> list[Lie]:
    """All that the table holds.

    Raises:
        BookError: with the file, for what is no such table.
    """
    found = []
    for path in sorted((root / TABLE).glob("*.json")):
        try:
            pages: dict[str, list[dict[str, Any]]] = json.loads(read_text(path))
        except json.JSONDecodeError as error:
            raise BookError(f"{path}:{error.lineno}: this is not JSON: {error.msg}.") from error
        for page, entries in pages.items():
            for entry in entries:
                if {key: type(one) for key, one in entry.items()} != FIELDS:
                    raise BookError(f"{path}:1: {page}: a lie has {FIELDS}. Got {entry}.")
                found.append(Lie(page, **entry))
    return found


def chosen(book: Book, names: Sequence[str]) -> list[Lie]:
    """The lies of some chapters or pages, of all by default.

    Raises:
        BookError: for a name without lies, and for a page that is not in the contents.
    """
    pages = {page.docname: page for page in book.notebooks}
    all_ = lies(book.root)
    for one in all_:
        if one.page not in pages:
            raise BookError(f"{TABLE}: the contents name no page {one.page} that runs.")
    found = [one for one in all_ if not names or {one.page, pages[one.page].chapter} & {*names}]
    for name in names:
        if not any(name in (one.page, pages[one.page].chapter) for one in found):
            raise BookError(f"{name!r}: {TABLE} has no lies of such a page or chapter.")
    return found


async def told(book: Book, lie: Lie, kernel: list[str]) -> str:
    """How the page takes the lie; empty if one of its assertions notices."""
    page = next(page for page in book.notebooks if page.docname == lie.page)
    with TemporaryDirectory(prefix="lie-") as folder:
        path = Path(folder, page.path.name)
        path.write_text(lie.plant(page.text), encoding="utf8")
        planted = Page(page.docname, path)
        notebook = ExecutionCache(book).read(planted)
        try:
            await run_page(book, planted, notebook, LIMIT, kernel)
        except PageError as error:
            first = str(error).partition("\n")[0].removeprefix(f"{book.relative(path)}:")
            noticed = "AssertionError" in first
            return "" if noticed else f"stops, but by no assertion: line {first}"
    return "does not notice"


async def missed(book: Book, planted: Sequence[Lie]) -> list[str]:
    """A line for each lie that its page does not notice; each is printed as it is known."""
    turns, lines = asyncio.Semaphore(cores()), []
    list_fonts(kernel_environment(book))
    with fork_server(kernel_environment(book)) as address:

        async def one(lie: Lie) -> None:
            async with turns:
                words = await told(book, lie, kernel_command(address))
            mark = " (headline)" if lie.headline else ""
            print(f"{lie.page}: {lie.lie}{mark}: {words or 'noticed'}", flush=True)
            if words:
                lines.append(f"{lie.page}: {lie.lie}: {words}")

        await asyncio.gather(*(one(lie) for lie in planted))
    return lines


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("names", nargs="*", metavar="CHAPTER or PAGE")
    parser.add_argument("--root", type=Path, default=Path.cwd())
    options = parser.parse_args()
    try:
        book = Book(options.root.resolve())
        planted = chosen(book, options.names)
        lines = asyncio.run(missed(book, planted))
    except BookError as error:
        print(error, file=sys.stderr)
        return 1
    print(f"{len(planted) - len(lines)} of {len(planted)} lies are noticed")
    return 1 if lines else 0


if __name__ == "__main__":
    sys.exit(main())
