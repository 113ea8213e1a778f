"""What the PDF is made of: pages, fonts, pictures and their words, and what it says of itself."""

import json
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from tests.helpers.printed import figures
from tests.print.conftest import EDITION, JOB, VOLUME
from tools.book import Book, Page
from tools.print import tex

pytestmark = pytest.mark.tex
INCH = 72


FULL = 3500  # letters of a source that a page of print has room for
BARE = 1500  # and that it holds at least, among figures and outputs
FRONT = 40  # titles, contents, the references and the index, and pages left blank


def test_pages(reader: PdfReader, pages: list[str], sources: list[Page]) -> None:
    letters = sum(len(page.text) for page in sources)
    assert letters / FULL <= len(reader.pages) == len(pages) <= letters / BARE + FRONT
    assert {tuple(page.mediabox[2:]) for page in reader.pages} == {(7 * INCH, 10 * INCH)}


def test_it_says_what_it_is(reader: PdfReader) -> None:
    assert reader.metadata is not None
    title, _, volume = str(reader.metadata.title).partition(": ")
    assert title == "Deep Learning with an Energy Perspective"
    assert bool(volume) == bool(VOLUME.pages)
    assert reader.metadata.author
    root: Any = reader.trailer["/Root"]
    assert root["/Lang"] == "en-GB"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]


def fonts(pdf: Path) -> list[list[str]]:
    said = subprocess.run(["pdffonts", str(pdf)], capture_output=True, text=True, check=True).stdout
    rule, *lines = said.splitlines()[1:]
    places = [(run.start(), run.end()) for run in re.finditer("-+", rule)]
    return [[line[start:end].strip() for start, end in places] for line in lines]


def test_every_font_is_embedded_as_outlines_that_can_be_searched(pdf: Path) -> None:
    found = fonts(pdf)
    assert len(found) >= 10
    for name, kind, _, embedded, _, searchable, *_ in found:
        assert (embedded, searchable) == ("yes", "yes"), f"{name}: {kind}"
        assert kind != "Type 3", name


def objects(reader: PdfReader) -> Iterator[tuple[str, Any]]:
    """Every picture that a page draws, within drawings too: its kind and itself."""
    waiting: list[Any] = [page.get("/Resources") for page in reader.pages]
    seen: set[int] = set()
    while waiting:
        resources = waiting.pop()
        if resources is None:
            continue
        held = resources.get_object().get("/XObject")
        for reference in held.get_object().values() if held else ():
            one = reference.get_object()
            if reference.idnum not in seen:
                seen.add(reference.idnum)
                yield one["/Subtype"], one
                waiting.append(one.get("/Resources"))


def rasters(path: Path) -> int:
    return sum(kind == "/Image" for kind, _ in objects(PdfReader(path)))


def test_only_fields_that_say_so_are_rasters(reader: PdfReader, latex: Path) -> None:
    folder = latex / "dark" if EDITION == "dark" else latex
    allowed = 0
    for said in sorted((latex / "data").glob("*.json")):
        figure = folder / f"figure-{said.stem}.pdf"
        held = rasters(figure if figure.is_file() else latex / figure.name)
        declared = json.loads(said.read_text())["rasters"]
        assert held <= len(declared), f"{said.stem} draws {held} rasters, says {sorted(declared)}"
        allowed += held
    assert sum(kind == "/Image" for kind, _ in objects(reader)) <= allowed


def test_every_figure_says_in_words_what_is_seen(
    reader: PdfReader, latex: Path, sources: list[Page]
) -> None:
    words = re.findall(rb"/Span ?<< ?/Alt ?<(FEFF[0-9A-F]+)>", b"".join(contents(reader)))
    source = (latex / "book.tex").read_text(encoding="utf8")
    written = re.findall(r"\\ebmpicture\{[^}]*\}\{[^}]*\}\{(\w+)\}", source)
    assert sorted(words) == sorted(text.encode() for text in written)
    shown = [bytes.fromhex(text.decode()).decode("utf-16") for text in words]
    assert len(shown) >= sum(len(figures(page)) for page in sources)
    assert min(map(len, shown)) > 20


def contents(reader: PdfReader) -> Iterator[bytes]:
    for page in reader.pages:
        stream = page.get_contents()
        yield stream.get_data() if stream is not None else b""


def test_nothing_stands_out_of_the_measure_unexplained(latex: Path, book: Book) -> None:
    explained = json.loads((book.root / "book" / "print" / "overfull.json").read_text())
    found = tex.complaints(latex, JOB)
    left = [str(one) for one in found if one.where.partition(":")[0] not in explained]
    assert not left
    places = {one.where.partition(":")[0] for one in found}
    if EDITION == "paper" and not VOLUME.pages:
        assert set(explained) <= places, "overfull.json explains what no longer happens"


def test_the_dark_edition_is_dark(reader: PdfReader, book: Book) -> None:
    ground = re.search(r"\{ground-dark\}\{HTML\}\{(\w{6})\}", book.stylesheet.read_text())
    assert ground is not None
    red, green, blue = (int(ground[1][k : k + 2], 16) / 255 for k in (0, 2, 4))
    first = next(contents(reader))
    painted = re.search(rb"([\d.]+) ([\d.]+) ([\d.]+) rg", first)
    dark = painted is not None and all(
        abs(float(said) - wanted) < 0.01
        for said, wanted in zip(painted.groups(), (red, green, blue), strict=True)
    )
    assert dark == (EDITION == "dark")
