"""Execute the stale pages of a book in parallel, into the cache that myst-nb reads."""

from __future__ import annotations

import asyncio
import math
import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from tqdm import tqdm

from tools.book import Book, BookError, Page, line_of
from tools.execute.cache import ExecutionCache, figures
from tools.execute.fingerprint import fingerprint
from tools.execute.fork_server import ENVIRONMENT, TORCH, fork_server, kernel_command
from tools.execute.recall import Recall
from tools.execute.run_page import PageError, kernel_environment, run_page
from tools.machine import cores, list_fonts

LIMIT = 300.0  # seconds a page: six times what a page may cost on a quiet core


@dataclass
class Report:
    """What an execution did."""

    ran: list[str] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Stale:
    """A page to run, and what it is run from."""

    page: Page
    fingerprint: str
    seconds: float  # that it took the last time; infinite if it never ran


def execute(book: Book, workers: int | None = None, limit: float = LIMIT) -> Report:
    """Run every stale page; fresh ones are kept.

    Raises:
        BookError: naming file and line of every failed cell. Other pages' results are kept.
    """
    return Execution(book, workers or cores(), limit).run()


class Execution:
    """One execution of a book: what is kept from the ones before, and what it has done.

    Args:
        book: whose pages are run.
        workers: pages whose cells run at once.
        limit: seconds that a page may take.
    """

    def __init__(self, book: Book, workers: int, limit: float = LIMIT) -> None:
        self.book, self.workers, self.limit = book, workers, limit
        self.recall = Recall(book.build / "recall.json")
        self.cache = ExecutionCache(book, self.recall)
        self.report = Report()
        self._owners: dict[str, Page] = {}  # of the tables that pages of this execution carry

    def run(self) -> Report:
        """Run what is stale.

        Pages that declare to read tables run after those that do not, since the tables are the
        outputs of the others.
        """
        writers = [page for page in self.book.notebooks if not page.reads]
        readers = [page for page in self.book.notebooks if page.reads]
        self._run_stale(writers)
        self._refuse_unwritten(writers, readers)
        self._run_stale(readers)
        self.cache.drop_unowned()
        self.recall.save()
        return self.report

    def _run_stale(self, pages: list[Page]) -> None:
        if stale := self._stale(pages):
            list_fonts(kernel_environment(self.book))
            with _kernel(self.book, [one.page for one in stale], self.workers) as kernel:
                asyncio.run(self._run_all(stale, kernel))
        if self.report.failed:
            raise BookError("\n".join(self.report.failed))

    def _stale(self, pages: list[Page]) -> list[Stale]:
        """Those to run, slowest first; a page never run before first of all, by its length."""
        stale, kept = [], []
        for page in pages:
            before = self.cache.record(page)
            now = fingerprint(self.book, page, self.cache.read, self.recall)
            if self.cache.fresh(page, now):
                self.cache.follow(page, self.recall)
                self.cache.restore_tables(page, self.recall)
                self.report.kept.append(page.docname)
                kept.append((page, before.tables if before else ()))
            else:
                stale.append(Stale(page, now, before.seconds if before else math.inf))
        for page, names in kept:
            try:
                self._own(page, names)
            except PageError as taken:
                self.report.failed.append(str(taken))
        return sorted(stale, key=lambda one: (one.seconds, len(one.page.text)), reverse=True)

    def _refuse_unwritten(self, writers: list[Page], readers: list[Page]) -> None:
        """A table that is read must be written by a page of today, and with digits to compare.

        An older one may lie there still, and a drawing needs fewer digits than a rank.

        Raises:
            BookError: with the line that declares it.
        """
        records = [record for page in writers if (record := self.cache.record(page))]
        written = {name for record in records for name in record.tables}
        exact = {name for record in records for name in record.exact}
        for page in readers:
            where = f"{self.book.relative(page.path)}:{line_of(page.path, 'reads:')}"
            for name in page.reads:
                if name not in written:
                    why = f"declares to read the table {name!r}, which no page before it writes."
                    raise BookError(f"{where}: {why}")
                if name not in exact:
                    why = f"reads the table {name!r}, which keeps its drawing's digits alone"
                    raise BookError(f"{where}: {why}: show it there with digits=7.")

    async def _run_all(self, stale: list[Stale], kernel: list[str] | None) -> None:
        slots = asyncio.Semaphore(self.workers + 1)  # one more: its kernel starts while others run
        turns = asyncio.Semaphore(self.workers)
        bar = tqdm(total=len(stale), desc="pages", unit="page", disable=None, file=sys.stderr)

        async def one(of: Stale) -> None:
            async with slots:
                bar.set_postfix_str(of.page.docname)
                await self._run_one(of, kernel, turns)
                bar.update()

        with bar:
            await asyncio.gather(*(one(of) for of in stale))

    async def _run_one(
        self, stale: Stale, kernel: list[str] | None, turn: asyncio.Semaphore
    ) -> None:
        """Run a page and keep its outputs.

        They are kept under the fingerprint from before: what was edited since runs again.
        """
        page, notebook = stale.page, self.cache.read(stale.page)
        self.cache.forget(page)
        try:
            seconds = await run_page(self.book, page, notebook, self.limit, kernel, turn)
            self._own(page, [bundle["name"] for bundle in figures(notebook)])
        except PageError as failure:
            self.report.failed.append(str(failure))
        else:
            self.cache.store(page, notebook, stale.fingerprint, seconds)
            self.report.ran.append(page.docname)
            print(f"ran {page.docname} ({seconds:.1f} s)", flush=True)

    def _own(self, page: Page, names: Iterable[str]) -> None:
        """Take a page's figures for its own: a name may be put together as the page runs.

        Raises:
            PageError: if another page shows one of that name, before its table is overwritten.
        """
        for name in names:
            owner = self._owners.setdefault(name, page)
            if owner != page:
                other = self.book.relative(owner.path)
                why = f"figure {name!r} is already shown by {other}: choose another name"
                raise PageError(f"{self.book.relative(page.path)}:1: {why}")


@contextmanager
def _kernel(book: Book, pages: list[Page], workers: int) -> Iterator[list[str] | None]:
    """The command of a kernel: a fork, where a server is there or has enough to do."""
    if address := os.environ.get(ENVIRONMENT):
        yield kernel_command(address)
    elif sys.platform != "linux" or len(pages) <= workers:  # macOS cannot fork what has drawn
        yield None
    else:
        with_torch = sum("ebmlib" in page.text or "torch" in page.text for page in pages)
        modules = TORCH if with_torch > workers else ()
        with fork_server(kernel_environment(book), modules) as address:
            yield kernel_command(address)
