"""Sphinx takes a page's outputs from the cache, and runs nothing.

MyST-NB runs what the cache does not hold: a page that was saved after its cells had run would be
run once more, in a plain kernel and beside the tables and records of our own.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from jupyter_cache import get_cache
from myst_nb.core.execute.cache import NotebookClientCache

from tools.book import Book, BookError


@contextmanager
def nothing_runs(book: Book) -> Iterator[None]:
    """Within, a page whose outputs the cache does not hold fails the build."""
    plain = NotebookClientCache.start_client

    def start_client(client: NotebookClientCache) -> None:
        try:
            get_cache(book.cache).match_cache_notebook(client.notebook)
        except KeyError:
            page = book.relative(client.path) if client.path else "a page"
            raise BookError(
                f"{page}:1: its cells are not those that ran: it was saved while the book was "
                "being built. Build again."
            ) from None
        plain(client)

    NotebookClientCache.start_client = start_client
    try:
        yield
    finally:
        NotebookClientCache.start_client = plain
