"""What the printed book holds: all that the web edition has, under the same numbers."""

import re
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup, SoupStrainer
from pypdf import PdfReader

from tests.helpers.printed import figures, terms, without_anchor
from tests.print.conftest import JOB, VOLUME
from tools.book import Book, Page

pytestmark = pytest.mark.tex


def test_no_reference_leads_nowhere(pages: list[str], latex: Path) -> None:
    for number, text in enumerate(pages, 1):
        assert "??" not in text, f"page {number} of the file"
    assert not without_anchor((latex / "book.tex").read_text(encoding="utf8"))


LETTERS = {  # and what they are written with; a volume may have no use for one
    **{"𝒚": r"\\vy\b", "𝒛": r"\\vz\b", "𝐸": r"\\eE\b", "𝛽": r"\\beta\b", "𝜕": r"\\pd\b"},
    **{"∇": r"\\grad\b", "∑": r"\\sum\b", "∫": r"\\int\b", "∞": r"\\infty\b", "−": "-"},
    "‖": r"\\norm\b",
}


def test_letters_can_be_searched_and_copied(pages: list[str], latex: Path) -> None:
    text, source = "\n".join(pages), (latex / "book.tex").read_text(encoding="utf8")
    for letter, written in LETTERS.items():
        if not VOLUME.pages or re.search(written, source):
            assert letter in text, f"no {letter!r} ({ord(letter):x})"
    strange = re.findall("[¡¢£¤¥¦§¨¯µ\ufffd\ue000-\uf8ff]", text)
    assert not strange, "codes of a font that pass for letters"


@pytest.fixture(scope="session")
def site(book: Book, sources: list[Page]) -> dict[str, BeautifulSoup]:
    """Every page of the web edition that is for print, if it is built from the same sources."""
    from tools.build.build_site import sources_stamp

    stamp = book.build / "site.stamp"
    if not stamp.is_file() or stamp.read_text("utf8") != sources_stamp(book):
        pytest.skip("the site is not built from these sources: nox -s book")
    root = book.build / "site"
    pages = {}
    for page in sources:
        name = page.path.relative_to(book.root).with_suffix("")
        html = (root / f"{name}.html").read_text("utf8")
        only = SoupStrainer(["h1", "figure"])
        pages[str(name)] = BeautifulSoup(html, "html.parser", parse_only=only)
    return pages


def feet(pages: list[str], headings: set[str]) -> list[str]:
    """The headings that a page ends with; a page that holds little else is a title's own."""
    found = []
    for number, text in enumerate(pages, 1):
        lines = [line.strip() for line in text.splitlines() if line.strip()]
        if lines and re.fullmatch(r"\d+|[ivxl]+", lines[-1]):
            lines.pop()  # the number of a page that opens a chapter
        if len(lines) > 4 and plain(lines[-1]) in headings:
            found.append(f"page {number} of the file: {lines[-1]}")
    return found


def test_no_heading_stands_at_a_foot(
    reader: PdfReader, pages: list[str], sources: list[Page]
) -> None:
    headings = {plain(title) for title in bookmarks(reader)}
    assert len(headings) >= len(sources)
    assert not feet(pages, headings)


def test_a_heading_at_a_foot_is_seen() -> None:
    page = "7  Head\nSome text,\nmore,\nand more.\n\n  Walking   down\n"
    assert feet([page], {"walkingdown"}) == ["page 1 of the file: Walking   down"]
    assert not feet([page + "It goes on.\n", "Part\n"], {"walkingdown", "part"})


def test_a_figure_stands_within_its_page_of_the_web(latex: Path, sources: list[Page]) -> None:
    aux = (latex / f"{JOB}.aux").read_text(encoding="utf8")
    found = re.findall(r"\\newlabel\{([^:}]*):([^}]*)\}\{\{[^}]*\}\{(\w+)\}", aux)
    shown = [label for _, label, _ in found if label[:4] == "fig-"]
    assert len(shown) >= sum(len(figures(page)) for page in sources)
    counted = [(name, label, int(page)) for name, label, page in found if page.isdigit()]
    starts = [(name, page) for name, label, page in counted if label == ":doc"]
    ends = {name: end for (name, _), (_, end) in pairwise(starts)}
    for name, label, page in counted:  # the preface's pages have roman numerals
        if label[:4] == "fig-":
            assert page <= ends[name], f"{label} stands after the page that it belongs to"


def bookmarks(reader: PdfReader) -> list[str]:
    def titles(items: list[Any]) -> list[str]:
        found: list[str] = []
        for item in items:
            found += titles(item) if isinstance(item, list) else [str(item.title)]
        return found

    return [" ".join(title.split()) for title in titles(reader.outline)]


def test_every_chapter_and_page_has_its_number_and_a_bookmark(
    reader: PdfReader, site: dict[str, BeautifulSoup]
) -> None:
    found = {plain(title) for title in bookmarks(reader)}
    for name, page in site.items():
        heading = page.find("h1")
        assert heading is not None
        for link in heading.find_all("a"):
            link.decompose()
        for sums in heading.find_all(class_="katex"):
            sums.replace_with("")
        number = heading.find(class_="section-number")
        said = ""
        if number is not None:
            said = number.get_text().strip().rstrip(".") + " "
            number.decompose()
        title = "Preface" if name == "book/index" else said + heading.get_text().strip()
        assert plain(title) in found, f"{name}: no bookmark {title!r}"


def plain(title: str) -> str:
    return re.sub(r"[^a-z0-9.]", "", title.lower())


def test_every_figure_of_the_web_is_here_under_its_number(
    latex: Path, pages: list[str], site: dict[str, BeautifulSoup], sources: list[Page]
) -> None:
    source = (latex / "book.tex").read_text(encoding="utf8")
    labelled = r"\\ebmfigurenumber\{([A-Z\d.]+)\}.*?\\label\{\\detokenize\{([^}]*?:fig-[^}]*)\}"
    printed = {label: number for number, label in re.findall(labelled, source, re.S)}
    text = "\n".join(pages)
    seen = set()
    for name, page in site.items():
        for figure in page.find_all("figure", id=re.compile("^fig-")):
            number = figure.find(class_="caption-number")
            if number is None:
                continue
            said = number.get_text().strip().removeprefix("Fig. ")
            assert printed.get(f"{name}:{figure['id']}") == said, figure["id"]
            assert re.search(rf"Fig\. {re.escape(said)}\s", text), figure["id"]
            seen.add(figure["id"])
    assert seen >= {f"fig-{name}" for page in sources for name in figures(page)}


def test_exercises_and_questions_have_their_solutions(latex: Path, sources: list[Page]) -> None:
    source = (latex / "book.tex").read_text(encoding="utf8")
    asked = source.count("\\begin{ebmexercise}")
    written = re.compile(r"^```\{(?:exercise-start|question)\}", re.M)
    assert asked == sum(len(written.findall(page.text)) for page in sources)
    assert source.count("\\begin{ebmsolution}") == source.count("\\ebmseesolution{") == asked


def test_a_figure_that_moves_is_printed_without_the_labels_of_its_controls(latex: Path) -> None:
    source = (latex / "book.tex").read_text(encoding="utf8")
    assert len(re.findall(r"\\ebmmoves\{", source)) > 1
    assert set(re.findall(r"\\ebmpicture\{[^\n]*\n(..)", source)) == {r"\c"}  # its caption


def test_terms_are_found_by_the_index(pages: list[str], sources: list[Page]) -> None:
    starts = [place for place, text in enumerate(pages) if text.split("\n")[0].strip() == "Index"]
    found = "\n".join(pages[starts[-1] :])
    for term in terms(sources):
        assert re.search(rf"^.*{re.escape(term)}.*\d", found, re.M), term
