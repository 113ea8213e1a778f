"""A book's chapters, and a page of each, come from its contents."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.helpers.tiny import cell, make_book
from tools.book import Book, BookError, table_files

RUNS = "# R\n\n" + cell("1")
PAGES = {
    "book/near/index": RUNS,
    "book/near/prose": "# P\n",
    "book/near/kernel": RUNS,
    "book/near/last": RUNS,
    "book/alone/index": RUNS,
    "book/words/index": "# W\n",
    "book/appendix/runs": RUNS,
}


@pytest.fixture
def book(tmp_path: Path) -> Book:
    return Book(make_book(tmp_path, **PAGES))


def test_a_chapter_is_a_folder_that_the_contents_name(book: Book) -> None:
    names = {
        chapter: [page.path.stem for page in pages] for chapter, pages in book.chapters.items()
    }
    assert names == {
        "near": ["index", "prose", "kernel", "last"],
        "alone": ["index"],
        "words": ["index"],
    }


def test_a_sample_is_the_first_page_with_cells_after_the_opening_one(book: Book) -> None:
    assert [page.docname for page in book.samples] == ["book/near/kernel", "book/alone/index"]


def test_pages_in_no_folder_are_chapters(tmp_path: Path) -> None:
    book = Book(make_book(tmp_path, one=RUNS, two="# Two\n"))
    assert list(book.chapters) == ["one", "two"]
    assert [page.docname for page in book.samples] == ["one"]


def test_a_missing_page_or_root_is_told(tmp_path: Path) -> None:
    with pytest.raises(BookError, match="no book's root"):
        Book(tmp_path)
    make_book(tmp_path)
    (tmp_path / "_toc.yml").write_text("format: jb-book\nroot: index\nchapters:\n- file: gone\n")
    with pytest.raises(BookError, match="page 'gone' is missing"):
        _ = Book(tmp_path).pages


def test_the_files_of_a_table_are_counted_up(tmp_path: Path) -> None:
    assert table_files(tmp_path, "one") == []
    for name in ("one", "one-2", "one-3", "one-5", "one-more"):
        (tmp_path / f"{name}.txt").touch()
    assert [path.stem for path in table_files(tmp_path, "one")] == ["one", "one-2", "one-3"]
