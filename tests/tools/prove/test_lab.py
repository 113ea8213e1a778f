"""Which notebooks JupyterLab opens; that they look well is for `nox -s lab` and a person."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.helpers.tiny import make_book
from tools.book import Book, BookError
from tools.prove.lab import to_open


def test_the_one_that_reads_is_opened_last_and_so_it_is_run(book: Book) -> None:
    assert to_open(book, []) == ["book/near/one", "book/far/one", "book/near/reads"]
    assert to_open(book, ["book/far/two"]) == ["book/far/two"]


def test_a_book_without_cells_has_nothing_to_open(tmp_path: Path) -> None:
    with pytest.raises(BookError, match="no notebook to open"):
        to_open(Book(make_book(tmp_path, one="# One\n")), [])
