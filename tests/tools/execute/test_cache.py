"""What is kept of a run is whole, or it is told and the page runs again."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.helpers.executed import FIGURE_CELL, output, run
from tests.helpers.tiny import HEAD, cell, make_book, write_page
from tools.book import Book, BookError
from tools.execute.cache import ExecutionCache


@pytest.mark.parametrize("damage", ["truncate", "delete"])
def test_a_corrupt_entry_is_discarded_with_a_line(
    two_pages: Path, capsys: pytest.CaptureFixture[str], damage: str
) -> None:
    run(two_pages)
    book = Book(two_pages)
    key = ExecutionCache(book).record(book.notebooks[0])
    assert key is not None
    path = book.cache / "executed" / key.key / "base.ipynb"
    path.write_text(path.read_text()[:100]) if damage == "truncate" else path.unlink()
    capsys.readouterr()
    assert run(two_pages).ran == ["one"]
    assert "cache: discarded the corrupt entry of one" in capsys.readouterr().out
    assert output(two_pages, "one") == "1\n"


def test_another_sentence_of_a_check_runs_nothing_and_the_outputs_are_found(tmp_path: Path) -> None:
    """MyST-NB looks them up by all that is said of a cell, and would run the page itself."""
    text = "# One\n\n" + cell(":check: one is one\nprint(1)") + cell("print(2)")
    make_book(tmp_path, one=text)
    assert run(tmp_path).ran == ["one"]
    write_page(tmp_path, "one", text.replace("one is one", "it is one, always"))
    with pytest.raises(KeyError):
        output(tmp_path, "one")
    assert run(tmp_path).ran == []
    assert output(tmp_path, "one") == "1\n2\n"
    assert run(tmp_path).kept == ["one"]


def test_a_corrupt_index_is_discarded_with_a_line(
    two_pages: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(two_pages)
    (Book(two_pages).cache / "global.db").write_bytes(b"no database at all" * 100)
    assert len(run(two_pages).ran) == 2
    assert "cache: discarded, its index cannot be read" in capsys.readouterr().out


def test_an_index_that_is_lost_runs_every_page(
    two_pages: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Else myst-nb, which looks there, would run them in its own way."""
    run(two_pages)
    (Book(two_pages).cache / "global.db").unlink()
    assert len(run(two_pages).ran) == 2
    assert "cache: discarded the corrupt entry of one" in capsys.readouterr().out
    assert run(two_pages).ran == []


def test_pages_with_equal_cells_share_an_entry_in_peace(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code = cell("import time\n\nprint(time.time_ns())")
    make_book(tmp_path, one=f"# One\n\n{code}", two=f"# Two\n\n{code}")
    assert len(run(tmp_path).ran) == 2
    assert run(tmp_path).ran == []
    assert "corrupt" not in capsys.readouterr().out
    assert output(tmp_path, "one") == output(tmp_path, "two")


def test_equal_cells_that_read_other_tables_are_refused(tmp_path: Path) -> None:
    code = cell("import os\n\nprint(len(os.listdir(os.environ['EBMLIB_TABLES'])))")
    reading = HEAD.replace("kernelspec", "ebm: {reads: [data]}\nkernelspec")
    writes = FIGURE_CELL.replace('"tables"', '"digits": 7, "tables"')
    pages = {"one": f"{HEAD}# One\n\n{code}", "two": f"{reading}# Two\n\n{code}"}
    make_book(tmp_path, writes=f"# W\n\n{cell(writes)}", **pages)
    with pytest.raises(BookError, match=r"two\.md:1: its cells are those of one\.md"):
        run(tmp_path)


def test_a_lost_table_comes_back_without_a_run(tmp_path: Path) -> None:
    make_book(tmp_path, writes="# W\n\n" + cell(FIGURE_CELL))
    run(tmp_path)
    table = Book(tmp_path).tables / "data-2.txt"
    table.unlink()
    assert run(tmp_path).ran == []
    assert table.read_text() == "y\n4\n"


def test_a_table_that_another_page_spoilt_is_renewed_without_a_run(tmp_path: Path) -> None:
    make_book(tmp_path, writes="# W\n\n" + cell(FIGURE_CELL))
    run(tmp_path)
    table = Book(tmp_path).tables / "data.txt"
    table.write_text("of\nanother\n")
    assert run(tmp_path).ran == []
    assert table.read_text() == "x\n1\n"


def test_the_table_and_the_record_of_no_page_are_taken_away(tmp_path: Path) -> None:
    make_book(tmp_path, other="# O\n\n" + cell("1"), writes="# W\n\n" + cell(FIGURE_CELL))
    run(tmp_path)
    make_book(tmp_path, other="# O\n\n" + cell("1"))
    assert run(tmp_path).ran == []
    assert list(Book(tmp_path).tables.iterdir()) == []
    assert [path.name for path in Book(tmp_path).records.iterdir()] == ["other.json"]


def test_windows_line_endings_and_a_byte_order_mark_run_nothing_again(two_pages: Path) -> None:
    run(two_pages)
    for path in two_pages.glob("*.md"):
        path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    assert run(two_pages).ran == []
    assert output(two_pages, "one") == "1\n"


def test_a_table_has_the_files_of_today_alone(tmp_path: Path) -> None:
    make_book(tmp_path, writes="# W\n\n" + cell(FIGURE_CELL))
    run(tmp_path)
    tables = Book(tmp_path).tables
    assert {path.name for path in tables.iterdir()} == {"data.txt", "data-2.txt"}
    fewer = FIGURE_CELL.replace(', [name + "-2.txt", "y\\n4\\n"]', "")
    write_page(tmp_path, "writes", "# W\n\n" + cell(fewer))
    run(tmp_path)
    assert {path.name for path in tables.iterdir()} == {"data.txt"}


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
