"""The build: the same bytes again, and drawings whose table lacks something stop it."""

import re
import shutil
from pathlib import Path

import pytest
from pypdf import PdfReader

from tests.faults.tiny import ONE, make, run, tool, warm
from tests.helpers.printed import figures
from tests.helpers.tiny import write_page
from tests.print.conftest import JOB, VOLUME
from tools.book import Book, Page
from tools.print import tex
from tools.print.check_drawing import check_panels, check_tables
from tools.print.pdf import NAMES

pytestmark = pytest.mark.tex


def test_the_same_sources_give_the_same_bytes_elsewhere(
    book: Book, latex: Path, pdf: Path, reader: PdfReader, tmp_path: Path
) -> None:
    again = shutil.copytree(latex, tmp_path / "elsewhere")
    (again / f"{JOB}.pdf").unlink()
    assert reader.metadata is not None
    assert reader.metadata.creation_date is not None
    day = str(int(reader.metadata.creation_date.timestamp()))
    environ = {**tex.environment(book, again), "SOURCE_DATE_EPOCH": day}
    made = tex.typeset(again, JOB, environ)
    assert made.read_bytes() == pdf.read_bytes()


def test_the_drawings_of_the_book_find_their_tables(
    book: Book, latex: Path, sources: list[Page]
) -> None:
    drawn = sorted((book.root / "book" / "print" / "figures").glob("*.tex"))
    shown = {name for page in sources for name in figures(page)}
    here = [source for source in drawn if source.stem in shown]
    assert VOLUME.pages or (here == drawn and here)
    for source in here:
        check_tables(book, source, latex / "data")
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


def test_a_volume_refers_in_words_to_what_it_leaves_out(tiny: Path) -> None:
    drawing = "\\begin{tikzpicture}\\draw (0,0) -- (1,0);\\end{tikzpicture}\n"
    (tiny / "book" / "print" / "figures" / "tiny-data.tex").write_text(drawing)
    write_page(
        tiny, "one", f"{ONE}\nElsewhere: {{ref}}`two`, {{numref}}`fig-arrow`, {{term}}`model`.\n"
    )
    told = run(tool("print.__main__", tiny, "--only", "one"))
    assert told.code == 0, told.text
    assert "WARNING" not in told.text
    pages = PdfReader(tiny / "_build" / "pdf" / f"{NAMES['paper']}-one.pdf").pages
    text = " ".join(" ".join(page.extract_text() for page in pages).split())
    assert re.search(r"Elsewhere: Two, Fig\. 2, model \(page \d+\)\.", text)
    assert "??" not in text
    assert "A tiny book" in text
    assert "Prose." not in text
    kept = tiny / "_build" / "pdf" / f"{NAMES['paper']}.pdf"
    assert kept.read_bytes() == b"the last good one"


def test_a_volume_of_another_name_is_told(tiny: Path) -> None:
    told = run(tool("print.__main__", tiny, "dark", "--only", "one", "three"))
    assert told.code == 1
    assert "a volume holds chapters (one, two, words) or parts" in told.text
    assert "Got 'three'." in told.text


def test_a_letter_that_its_font_lacks_is_told_with_its_page(tmp_path: Path) -> None:
    (tmp_path / "book.tex").write_text("%@ book/a.md:7\nplain\n%@ book/a.md:9\n≥ 0.94\n")
    (tmp_path / "job.log").write_text(
        "Missing character: There is no ≥ (U+2265) in font [lmroman9-regular.otf]:mode=node;!\n"
        "Missing character: There is no ≥ (U+2265) in font [lmroman9-regular.otf]:mode=node;!\n"
    )
    (lost,) = tex.complaints(tmp_path, "job")
    assert str(lost) == "book/a.md:9: the font lmroman9-regular has no '≥'"
    assert lost.points == 0
