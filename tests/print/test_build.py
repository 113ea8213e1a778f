"""The build: the same bytes again, and drawings whose table lacks something stop it."""

import shutil
from pathlib import Path

import pytest
from pypdf import PdfReader

from tests.faults.tiny import make, run, tool, warm
from tests.print.conftest import EDITION
from tools.book import Book, BookError
from tools.print import tex
from tools.print.check_drawing import check_panels, check_tables
from tools.print.pdf import NAMES

pytestmark = pytest.mark.tex


def test_the_same_sources_give_the_same_bytes_elsewhere(
    book: Book, latex: Path, pdf: Path, reader: PdfReader, tmp_path: Path
) -> None:
    again = shutil.copytree(latex, tmp_path / "elsewhere")
    job = NAMES[EDITION]
    (again / f"{job}.pdf").unlink()
    assert reader.metadata is not None
    assert reader.metadata.creation_date is not None
    day = str(int(reader.metadata.creation_date.timestamp()))
    environ = {**tex.environment(book, again), "SOURCE_DATE_EPOCH": day}
    made = tex.typeset(again, job, environ)
    assert made.read_bytes() == pdf.read_bytes()


def drawing(latex: Path, text: str) -> Path:
    """A drawing of the print edition, and a table with two columns."""
    (latex / "data").mkdir(parents=True)
    (latex / "data" / "some-table.txt").write_text("y.x y.y\n1 2\n")
    source = latex / "drawn" / "some-table.tex"
    source.parent.mkdir()
    source.write_text(text)
    return source


def test_a_missing_column_is_named(book: Book, tmp_path: Path) -> None:
    plot = "\n\\addplot table [x = y.x, y = z.y] {data/some-table.txt};"
    with pytest.raises(BookError, match=r"some-table\.tex:2: .*some-table has no column 'z\.y'"):
        check_tables(book, drawing(tmp_path, plot), tmp_path)


READ = "\\pgfplotstableread{data/some-table.txt}\\some\n"


@pytest.mark.parametrize(
    "plot",
    [
        "\n\\addplot table [x = z.x, y = z.y] {data/some-table.txt};",
        READ + "\\addplot table [x = z.x, y = z.y] {\\some};",
        READ + "\\pgfplotstablegetelem{0}{z.x}\\of\\some",
    ],
)
def test_a_column_of_another_file_is_told_with_its_file(
    book: Book, tmp_path: Path, plot: str
) -> None:
    """PGFPlots reads the one file that is named; our own commands look in all of a table."""
    source = drawing(tmp_path, plot)
    (tmp_path / "data" / "some-table-2.txt").write_text("z.x z.y\n1 2\n")
    told = r"some-table\.tex:2: the table some-table has no column 'z\.x'\. .*/some-table-2\.txt"
    with pytest.raises(BookError, match=told):
        check_tables(book, source, tmp_path)
    source.write_text(plot.replace("some-table.txt", "some-table-2.txt"))
    check_tables(book, source, tmp_path)
    source.write_text("\\addplot table {\\ebmnodes{data/some-table.txt}{z.x}{z.y}{y.x}};")
    check_tables(book, source, tmp_path)


def test_a_missing_table_is_named(book: Book, tmp_path: Path) -> None:
    plot = "\\addplot table [x = y.x, y = y.y] {data/other-table.txt};"
    with pytest.raises(BookError, match=r"some-table\.tex:1: no page writes .*'other-table'"):
        check_tables(book, drawing(tmp_path, plot), tmp_path)


@pytest.mark.parametrize("column", ["class.k", "F-before.F"])
def test_columns_of_our_own_commands_are_checked_too(
    book: Book, tmp_path: Path, column: str
) -> None:
    name = "ebmlevels" if column.endswith("F") else "ebmregions"
    plot = f"\\{name}{{data/some-table.txt}}{{y.x}}{{y.y}}{{{column}}}{{blue}}"
    with pytest.raises(BookError, match=f"no column '{column}'"):
        check_tables(book, drawing(tmp_path, plot), tmp_path)


def test_a_panel_without_a_place_is_named(book: Book, tmp_path: Path) -> None:
    plots = "\n\\nextgroupplot\n\\nextgroupplot\n\\nextgroupplot\n\\end{groupplot}"
    group = "\\begin{groupplot}[group style = {columns = 2%s}, width = 2in]"
    with pytest.raises(BookError, match=r"some-table\.tex:4: this panel has no place"):
        check_panels(book, drawing(tmp_path, group % "" + plots))
    check_panels(book, drawing(tmp_path / "two", group % ", rows = 2" + plots))


def test_the_drawings_of_the_book_find_their_tables(book: Book, latex: Path) -> None:
    drawn = sorted((book.root / "book" / "print" / "figures").glob("*.tex"))
    assert len(drawn) >= 9
    for source in drawn:
        check_tables(book, source, latex)
        check_panels(book, source)


def test_a_complaint_names_the_line_of_the_page(tmp_path: Path) -> None:
    (tmp_path / "book.tex").write_text("%@ book/a.md:7\nwide\n%@ book/a.md:9\nwider\n")
    (tmp_path / "job.log").write_text(
        "Overfull \\hbox (1.5pt too wide) in paragraph at lines 2--2\n"
        "Overfull \\hbox (12.0pt too wide) in paragraph at lines 4--4\n"
        "LaTeX Warning: Reference `x' on page 3 undefined on input line 4.\n"
    )
    wide, nowhere = tex.complaints(tmp_path, "job")
    assert str(wide) == "book/a.md:9: 12.0 pt too wide"
    assert (wide.points, nowhere.points) == (12, 0)


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The tiny book of tests/faults, with a last good PDF and a figure that print draws itself."""
    warm()
    root = make(tmp_path_factory.mktemp("print") / "book")
    (root / "book" / "print" / "figures").mkdir(parents=True)
    (root / "_build" / "pdf").mkdir(parents=True)
    (root / "_build" / "pdf" / f"{NAMES['paper']}.pdf").write_bytes(b"the last good one")
    return root


@pytest.mark.parametrize(
    ("plot", "said"),
    [
        ("x = y.y1, y = z.y9] {data/tiny-data.txt", "table tiny-data has no column 'z.y9'"),
        ("x = y.y1, y = y.y2] {data/gone.txt", "no page writes the table 'gone'"),
    ],
)
def test_a_fault_of_a_drawing_stops_the_print_edition_twice(
    tiny: Path, plot: str, said: str
) -> None:
    source = f"\\begin{{tikzpicture}}\n\\addplot table [{plot}}};\n\\end{{tikzpicture}}\n"
    (tiny / "book" / "print" / "figures" / "tiny-data.tex").write_text(source)
    for _ in range(2):
        told = run(tool("print.__main__", tiny))
        assert told.code == 1, told.text
        assert "Traceback" not in told.text
        assert "book/print/figures/tiny-data.tex:2: " in told.text
        assert said in told.text
        assert "The last good PDF is untouched." in told.text
        kept = tiny / "_build" / "pdf" / f"{NAMES['paper']}.pdf"
        assert kept.read_bytes() == b"the last good one"


def test_a_letter_that_its_font_lacks_is_told_with_its_page(tmp_path: Path) -> None:
    (tmp_path / "book.tex").write_text("%@ book/a.md:7\nplain\n%@ book/a.md:9\n≥ 0.94\n")
    (tmp_path / "job.log").write_text(
        "Missing character: There is no ≥ (U+2265) in font [lmroman9-regular.otf]:mode=node;!\n"
        "Missing character: There is no ≥ (U+2265) in font [lmroman9-regular.otf]:mode=node;!\n"
    )
    (lost,) = tex.complaints(tmp_path, "job")
    assert str(lost) == "book/a.md:9: the font lmroman9-regular has no '≥'"
    assert lost.points == 0
