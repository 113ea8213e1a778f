"""Tables of several files between pages: written, read, and those of older builds."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.helpers.tiny import cell, make_book, write_page
from tools.book import Book, BookError, table_files
from tools.execute.execution import Report, execute

CELL = """from IPython.display import display

tables = [["data.txt", "x\\n1\\n"], ["data-2.txt", "y\\n4\\n"]]
bundle = {"name": "data", "alt": "", "tables": tables, "digits": 7}
display({"application/vnd.ebmlib.figure+json": bundle}, raw=True)"""
READS = "---\nkernelspec: {name: python3, display_name: Python 3}\nebm: {reads: [data]}\n---\n# R\n"


def run(root: Path) -> Report:
    return execute(Book(root), workers=2, limit=60)


def test_the_files_of_a_table_are_counted_up(tmp_path: Path) -> None:
    assert table_files(tmp_path, "one") == []
    for name in ("one", "one-2", "one-3", "one-5", "one-more"):
        (tmp_path / f"{name}.txt").touch()
    assert [path.stem for path in table_files(tmp_path, "one")] == ["one", "one-2", "one-3"]


def test_a_table_has_the_files_of_today_alone(tmp_path: Path) -> None:
    make_book(tmp_path, writes="# W\n\n" + cell(CELL))
    run(tmp_path)
    tables = Book(tmp_path).tables
    assert {path.name for path in tables.iterdir()} == {"data.txt", "data-2.txt"}
    fewer = CELL.replace(', ["data-2.txt", "y\\n4\\n"]', "")
    write_page(tmp_path, "writes", "# W\n\n" + cell(fewer))
    run(tmp_path)
    assert {path.name for path in tables.iterdir()} == {"data.txt"}


def test_a_table_with_a_drawing_s_digits_alone_is_not_read(tmp_path: Path) -> None:
    few = CELL.replace('"digits": 7', '"digits": None')
    make_book(tmp_path, reads=READS + cell("1"), writes="# W\n\n" + cell(few))
    with pytest.raises(BookError, match=r"reads\.md:3: reads the table 'data', .*digits=7"):
        run(tmp_path)


def test_a_page_of_the_time_of_one_file_a_table_is_kept_without_a_fault(tmp_path: Path) -> None:
    old = """from IPython.display import display

bundle = {"name": "data", "alt": "", "table": "x\\n1\\n"}
display({"application/vnd.ebmlib.figure+json": bundle}, raw=True)"""
    make_book(tmp_path, writes="# W\n\n" + cell(old))
    assert run(tmp_path).ran == ["writes"]
    path = Book(tmp_path).records / "writes.json"
    record = json.loads(path.read_text())
    older = {key: value for key, value in record.items() if key not in ("files", "exact")}
    path.write_text(json.dumps(older))
    assert run(tmp_path).kept == ["writes"]
