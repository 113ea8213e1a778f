"""Which notebooks run outside, and open in JupyterLab: a page a chapter, and all that read."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.tools.tiny import HEAD, cell, make_book
from tools.book import Book, BookError
from tools.prove.lab import to_open
from tools.prove.run_outside import chosen

RUNS = "# R\n\n" + cell("1")
READS = HEAD.replace("kernelspec", "ebm: {reads: [data]}\nkernelspec") + RUNS


@pytest.fixture
def book(tmp_path: Path) -> Book:
    pages = {"near/index": RUNS, "near/one": RUNS, "near/reads": READS, "far/one": RUNS}
    pages |= {"far/two": RUNS, "appendix/runs": RUNS}
    return Book(make_book(tmp_path, **{f"book/{name}": text for name, text in pages.items()}))


def test_a_page_a_chapter_and_all_that_read(book: Book) -> None:
    names = [page.docname for page in chosen(book)]
    assert names == ["book/near/one", "book/near/reads", "book/far/one"]


def test_the_one_that_reads_is_opened_last_and_so_it_is_run(book: Book) -> None:
    assert to_open(book, []) == ["book/near/one", "book/far/one", "book/near/reads"]
    assert to_open(book, ["book/far/two"]) == ["book/far/two"]


def test_a_book_without_cells_has_nothing_to_open(tmp_path: Path) -> None:
    with pytest.raises(BookError, match="no notebook to open"):
        to_open(Book(make_book(tmp_path, one="# One\n")), [])
