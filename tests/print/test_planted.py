"""The checks of the PDF see what they look for: each is given one planted fault."""

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from matplotlib import rc_context
from matplotlib.backends.backend_pdf import FigureCanvasPdf
from matplotlib.figure import Figure
from pypdf import PdfReader

from tests.helpers.printed import terms
from tests.print import test_file, test_text
from tests.print.conftest import EDITION, JOB
from tools.book import Book, Page

pytestmark = pytest.mark.tex
Change = Callable[[str], str]


def changed(latex: Path, to: Path, name: str, change: Change) -> Path:
    """A folder like TeX's with one of its files changed."""
    (to / "data").mkdir()
    for kept in ("book.tex", f"{JOB}.log", f"{JOB}.aux"):
        shutil.copyfile(latex / kept, to / kept)
    text = (to / name).read_text(encoding="utf8", errors="replace")
    assert change(text) != text
    (to / name).write_text(change(text), encoding="utf8")
    return to


def drawn(to: Path, kind: int = 42) -> Path:
    """A drawing with a raster and a word, its letters in fonts of the given kind."""
    figure = Figure(figsize=(1, 1))
    FigureCanvasPdf(figure)
    figure.add_subplot().imshow([[0, 1], [1, 0]])
    with rc_context({"pdf.fonttype": kind}):
        figure.savefig(to)
    return to


def test_a_reference_that_leads_nowhere(pages: list[str], latex: Path) -> None:
    with pytest.raises(AssertionError, match=f"page {len(pages) + 1} of the file"):
        test_text.test_no_reference_leads_nowhere([*pages, "see ??"], latex)


@pytest.mark.parametrize("planted", ["¡2", "\ufffd 0.94"])
def test_codes_that_pass_for_letters(pages: list[str], latex: Path, planted: str) -> None:
    with pytest.raises(AssertionError, match="codes of a font"):
        test_text.test_letters_can_be_searched_and_copied([*pages, planted], latex)


def test_a_term_that_the_index_lost(pages: list[str], sources: list[Page]) -> None:
    term = terms(sources)[0]
    lost = [page.replace(term, "") for page in pages]
    with pytest.raises(AssertionError, match=term):
        test_text.test_terms_are_found_by_the_index(lost, sources)


def test_a_link_without_its_anchor(pages: list[str], latex: Path, tmp_path: Path) -> None:
    link = "\\hyperref[\\detokenize{book/elsewhere:there}]{there}\n"
    folder = changed(latex, tmp_path, "book.tex", lambda text: text + link)
    with pytest.raises(AssertionError, match="book/elsewhere:there"):
        test_text.test_no_reference_leads_nowhere(pages, folder)


def test_a_wide_line(latex: Path, book: Book, tmp_path: Path) -> None:
    wide = "\nOverfull \\hbox (2.5pt too wide) in paragraph at lines 900--901\n"
    folder = changed(latex, tmp_path, f"{JOB}.log", lambda text: text + wide)
    with pytest.raises(AssertionError, match=r"2\.5 pt too wide"):
        test_file.test_nothing_stands_out_of_the_measure_unexplained(folder, book)


def test_a_lost_solution(latex: Path, sources: list[Page], tmp_path: Path) -> None:
    lost = changed(
        latex, tmp_path, "book.tex", lambda text: text.replace("\\begin{ebmsolution}", "", 1)
    )
    with pytest.raises(AssertionError):
        test_text.test_exercises_and_questions_have_their_solutions(lost, sources)


def test_a_picture_without_its_words(
    reader: PdfReader, latex: Path, sources: list[Page], tmp_path: Path
) -> None:
    folder = changed(latex, tmp_path, "book.tex", lambda text: text.replace("}{FEFF", "}{FEFE", 1))
    with pytest.raises(AssertionError):
        test_file.test_every_figure_says_in_words_what_is_seen(reader, folder, sources)


def test_a_figure_of_another_number_and_one_far_away(
    latex: Path, pages: list[str], sources: list[Page], tmp_path: Path
) -> None:
    aux = (latex / f"{JOB}.aux").read_text(encoding="utf8")
    first = re.search(r"\\newlabel\{([^:}]*):(fig-[\w-]+)\}\{\{[^}]*\}\{\d", aux)  # no preface
    assert first is not None
    name, label = first.groups()
    html = f'<figure id="{label}"><span class="caption-number">Fig. 9.9 </span></figure>'
    with pytest.raises(AssertionError, match=label):
        test_text.test_every_figure_of_the_web_is_here_under_its_number(
            latex, pages, {name: BeautifulSoup(html, "html.parser")}, sources
        )
    far = changed(
        latex,
        tmp_path,
        f"{JOB}.aux",
        lambda text: re.sub(rf"({name}:{label}}}{{{{[\d.]+}}{{)", r"\g<1>9", text),
    )
    with pytest.raises(AssertionError, match=label):
        test_text.test_a_figure_stands_within_its_page_of_the_web(far, sources)


def test_a_page_without_a_bookmark(reader: PdfReader) -> None:
    site = {"book/new": BeautifulSoup("<h1>A page nobody wrote</h1>", "html.parser")}
    with pytest.raises(AssertionError, match="book/new"):
        test_text.test_every_chapter_and_page_has_its_number_and_a_bookmark(reader, site)


def test_fonts_of_the_wrong_kind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    three = drawn(tmp_path / "three.pdf", 3)
    kinds = test_file.fonts(three) * 10
    assert kinds[0][1] == "Type 3"
    monkeypatch.setattr(test_file, "fonts", lambda pdf: kinds)
    with pytest.raises(AssertionError, match="DejaVu"):
        test_file.test_every_font_is_embedded_as_outlines_that_can_be_searched(three)


def test_a_raster_that_nobody_declared(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "plot.json").write_text('{"rasters": {}}')
    plot = drawn(tmp_path / "figure-plot.pdf")
    with pytest.raises(AssertionError, match="plot draws 1 rasters"):
        test_file.test_only_fields_that_say_so_are_rasters(PdfReader(plot), tmp_path)


def test_a_file_that_is_not_the_book(tmp_path: Path, book: Book, sources: list[Page]) -> None:
    other = PdfReader(drawn(tmp_path / "other.pdf"))
    with pytest.raises(AssertionError):
        test_file.test_pages(other, [""], sources)
    with pytest.raises((AssertionError, KeyError)):
        test_file.test_it_says_what_it_is(other)
    if EDITION == "dark":
        with pytest.raises(AssertionError):
            test_file.test_the_dark_edition_is_dark(other, book)
