"""A drawing that asks for a table, a column or a panel that is not there is told with its line."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.helpers.tiny import REPOSITORY
from tools.book import Book, BookError
from tools.print.check_drawing import check_panels, check_tables

BOOK = Book(REPOSITORY)


def drawing(latex: Path, text: str) -> Path:
    """A drawing of the print edition, and a table with two columns."""
    (latex / "data").mkdir(parents=True)
    (latex / "data" / "some-table.txt").write_text("y.x y.y\n1 2\n")
    source = latex / "drawn" / "some-table.tex"
    source.parent.mkdir()
    source.write_text(text)
    return source


def test_a_missing_column_is_named(tmp_path: Path) -> None:
    plot = "\n\\addplot table [x = y.x, y = z.y] {data/some-table.txt};"
    with pytest.raises(BookError, match=r"some-table\.tex:2: .*some-table has no column 'z\.y'"):
        check_tables(BOOK, drawing(tmp_path, plot), tmp_path / "data")


READ = "\\pgfplotstableread{data/some-table.txt}\\some\n"


@pytest.mark.parametrize(
    "plot",
    [
        "\n\\addplot table [x = z.x, y = z.y] {data/some-table.txt};",
        READ + "\\addplot table [x = z.x, y = z.y] {\\some};",
        READ + "\\pgfplotstablegetelem{0}{z.x}\\of\\some",
    ],
)
def test_a_column_of_another_file_is_told_with_its_file(tmp_path: Path, plot: str) -> None:
    """PGFPlots reads the one file that is named; our own commands look in all of a table."""
    source = drawing(tmp_path, plot)
    (tmp_path / "data" / "some-table-2.txt").write_text("z.x z.y\n1 2\n")
    told = r"some-table\.tex:2: the table some-table has no column 'z\.x'\. .*/some-table-2\.txt"
    with pytest.raises(BookError, match=told):
        check_tables(BOOK, source, tmp_path / "data")
    source.write_text(plot.replace("some-table.txt", "some-table-2.txt"))
    check_tables(BOOK, source, tmp_path / "data")
    source.write_text("\\addplot table {\\ebmnodes{data/some-table.txt}{z.x}{z.y}{y.x}};")
    check_tables(BOOK, source, tmp_path / "data")


def test_a_missing_table_is_named(tmp_path: Path) -> None:
    plot = "\\addplot table [x = y.x, y = y.y] {data/other-table.txt};"
    with pytest.raises(BookError, match=r"some-table\.tex:1: no page writes .*'other-table'"):
        check_tables(BOOK, drawing(tmp_path, plot), tmp_path / "data")


@pytest.mark.parametrize("column", ["class.k", "F-before.F"])
def test_columns_of_our_own_commands_are_checked_too(tmp_path: Path, column: str) -> None:
    name = "ebmlevels" if column.endswith("F") else "ebmregions"
    plot = f"\\{name}{{data/some-table.txt}}{{y.x}}{{y.y}}{{{column}}}{{blue}}"
    with pytest.raises(BookError, match=f"no column '{column}'"):
        check_tables(BOOK, drawing(tmp_path, plot), tmp_path / "data")


def test_a_panel_without_a_place_is_named(tmp_path: Path) -> None:
    plots = "\n\\nextgroupplot\n\\nextgroupplot\n\\nextgroupplot\n\\end{groupplot}"
    group = "\\begin{groupplot}[group style = {columns = 2%s}, width = 2in]"
    with pytest.raises(BookError, match=r"some-table\.tex:4: this panel has no place"):
        check_panels(BOOK, drawing(tmp_path, group % "" + plots))
    check_panels(BOOK, drawing(tmp_path / "two", group % ", rows = 2" + plots))


def test_the_drawings_of_the_book_find_their_columns_in_the_tables_of_today() -> None:
    """Without TeX: another number of points on a page moves a column to another file."""
    drawn = sorted((REPOSITORY / "book" / "print" / "figures").glob("*.tex"))
    assert len(drawn) >= 9
    for source in drawn:
        check_tables(BOOK, source, BOOK.tables)
        check_panels(BOOK, source)
