"""Execute the stale pages of a book in parallel, into the cache that myst-nb reads."""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from tqdm import tqdm

from tools.book import Book, BookError, Page, line_of
from tools.execute.cache import ExecutionCache
from tools.execute.fingerprint import fingerprint
from tools.execute.fork_server import ENVIRONMENT, TORCH, fork_server, kernel_command
from tools.execute.recall import Memory
from tools.execute.run_page import PageError, kernel_environment, run_page
from tools.machine import cores, list_fonts

LIMIT = 300.0  # seconds a page: six times what a page may cost on a quiet core


@dataclass
class Report:
    """What an execution did."""

    ran: list[str] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)


def execute(book: Book, workers: int | None = None, limit: float = LIMIT) -> Report:
    """Run every stale page; fresh ones are kept.

    Pages that declare to read tables run after those that do not, since the tables are the
    outputs of the others.

    Raises:
        BookError: naming file and line of every failed cell. Other pages' results are kept.
    """
    cache, memory = ExecutionCache(book), Memory(book.build / "memory.json")
    report = Report()
    workers = workers or cores()
    writers = [page for page in book.notebooks if not page.reads]
    readers = [page for page in book.notebooks if page.reads]
    for group in (writers, readers):
        if group is readers:
            _refuse_unwritten(book, cache, writers, readers)
        stale = _stale(book, cache, memory, group, report)
        if stale:
            list_fonts(kernel_environment(book))
            with _kernel(book, stale, workers) as kernel:
                running = _run_all(book, cache, memory, stale, report, kernel, workers, limit)
                asyncio.run(running)
        if report.failed:
            raise BookError("\n".join(report.failed))
    memory.save()
    return report


def _refuse_unwritten(
    book: Book, cache: ExecutionCache, writers: list[Page], readers: list[Page]
) -> None:
    """A table that is read must be written by a page of today: an older one may lie there still.

    Raises:
        BookError: with the line that declares it.
    """
    written = {name for page in writers if (one := cache.record(page)) for name in one.tables}
    for page in readers:
        where = f"{book.relative(page.path)}:{line_of(page.path, 'reads:')}"
        for name in page.reads:
            if name not in written:
                why = f"declares to read the table {name!r}, which no page before it writes."
                raise BookError(f"{where}: {why}")


def _stale(
    book: Book, cache: ExecutionCache, memory: Memory, pages: list[Page], report: Report
) -> list[Page]:
    """The pages to run, slowest first; a page never run before first of all, by its length."""
    stale: list[tuple[float, int, Page]] = []
    for page in pages:
        before = cache.record(page)
        if cache.fresh(page, fingerprint(book, page, cache.read, memory)):
            cache.restore_tables(page)
            report.kept.append(page.docname)
        else:
            seconds = before.seconds if before else float("inf")
            stale.append((seconds, len(page.text), page))
    return [page for *_, page in sorted(stale, key=lambda one: one[:2], reverse=True)]


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


async def _run_all(
    book: Book,
    cache: ExecutionCache,
    memory: Memory,
    pages: list[Page],
    report: Report,
    kernel: list[str] | None,
    workers: int,
    limit: float,
) -> None:
    slots = asyncio.Semaphore(workers + 1)  # one more: its kernel starts while others run
    turns = asyncio.Semaphore(workers)
    with tqdm(total=len(pages), desc="pages", unit="page", disable=None, file=sys.stderr) as bar:

        async def one(page: Page) -> None:
            async with slots:
                bar.set_postfix_str(page.docname)
                notebook = cache.read(page)
                stamp = fingerprint(book, page, cache.read, memory)
                cache.forget(page)
                try:
                    seconds = await run_page(book, page, notebook, limit, kernel, turns)
                except PageError as failure:
                    report.failed.append(str(failure))
                else:
                    cache.store(page, notebook, stamp, seconds)
                    report.ran.append(page.docname)
                    print(f"ran {page.docname} ({seconds:.1f} s)", flush=True)
                bar.update()

        await asyncio.gather(*(one(page) for page in pages))
