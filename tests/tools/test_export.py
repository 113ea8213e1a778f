"""Exported notebooks carry their outputs, or the export fails."""

from __future__ import annotations

from pathlib import Path

import nbformat
import pytest

from tests.tools.tiny import cell, make_book, write_page
from tools.book import Book, BookError
from tools.execute import execute
from tools.export import export


def test_outputs_are_there_and_bytes_are_equal(tmp_path: Path) -> None:
    make_book(tmp_path, one="# One\n\n" + cell("print('one')"))
    book = Book(tmp_path)
    execute(book)
    [path] = export(book, tmp_path / "out")
    notebook = nbformat.read(path, 4)
    nbformat.validate(notebook)
    assert notebook.cells[1].outputs[0].text == "one\n"
    first = path.read_bytes()
    export(book, tmp_path / "out")
    assert path.read_bytes() == first


def test_a_page_without_outputs_fails(tmp_path: Path) -> None:
    make_book(tmp_path, one="# One\n\n" + cell("print('one')"))
    with pytest.raises(BookError, match=r"one\.md:1: has no outputs"):
        export(Book(tmp_path), tmp_path / "out")
    execute(Book(tmp_path))
    write_page(tmp_path, "one", "# One\n\n" + cell("print('two')"))
    with pytest.raises(BookError, match=r"one\.md:1: has no outputs"):
        export(Book(tmp_path), tmp_path / "out")


def test_a_book_without_cells_has_nothing_to_export(tmp_path: Path) -> None:
    make_book(tmp_path)
    with pytest.raises(BookError, match="nothing to export"):
        export(Book(tmp_path), tmp_path / "out")
