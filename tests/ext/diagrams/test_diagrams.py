"""Diagrams: fresh, reproducible where TeX is, themed on the page, TikZ in print."""

import fcntl
import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.helpers.figures_book import build, write
from tools import diagrams

NAMES = diagrams.names()
PLACE = "```{diagram} one\n:alt: A latent goes into a decoder.\n\nThe *decoder*.\n```\n"
SVG = (
    '<svg viewBox=\'0 0 90 20\'>\n<!-- ebm {"hash": "1", "palette": {"#c92088": "pink"}} -->'
    "<path id='p' fill='#c92088' d='M0 0'/></svg>"
)
has_tex = pytest.mark.skipif(
    not (shutil.which("lualatex") and shutil.which("dvisvgm")), reason="needs lualatex and dvisvgm"
)


@pytest.fixture
def one_tex(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """One TeX at a time: two that fill a fresh machine's font cache at once disturb each other."""
    with (tmp_path_factory.getbasetemp().parent / "tex.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def book(root: Path, place: str = PLACE) -> Path:
    write(root, page=[place, "{numref}`fig-one`"])
    (root / "diagrams").mkdir()
    (root / "diagrams" / "one.svg").write_text(SVG)
    (root / "diagrams" / "one.tex").write_text("\\begin{tikzpicture}\\end{tikzpicture}\n")
    (root / "diagrams" / "ebm.tikz.tex").write_text("% library\n")
    return root


def test_there_are_diagrams() -> None:
    assert {"ellipse-latent", "intro-linear-circuit", "generative-map"} <= set(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_the_svg_is_as_new_as_its_source(name: str) -> None:
    assert diagrams.fresh(name), f"{name}.tex, the library or its macros changed: nox -s diagrams"


@pytest.mark.parametrize("name", NAMES)
def test_colours_are_the_stylesheets(name: str) -> None:
    svg = diagrams.source(name).with_suffix(".svg").read_text("utf8")
    body = svg[svg.index("-->") :]
    used = set(re.findall(r"(?:fill|stroke)='([^']+)'", body)) - {"none"}
    assert used <= set(diagrams.stated(svg)["palette"])
    assert "<text" not in body  # letters are outlines: no font is needed to read them


@pytest.mark.parametrize("name", NAMES)
def test_letters_are_11_pixels_on_a_phone(name: str) -> None:
    """At 1.1 pixels a point, the least of figures.css; the library has no smaller size."""
    source = diagrams.source(name).read_text("utf8")
    assert not re.search(r"\\(tiny|scriptsize|footnotesize|small)\b|scale=", source)


@has_tex
@pytest.mark.tex
@pytest.mark.usefixtures("one_tex")
@pytest.mark.parametrize("name", NAMES)
def test_the_svg_is_what_tex_draws(name: str) -> None:
    committed = diagrams.source(name).with_suffix(".svg").read_text("utf8")
    drawn = diagrams.draw(name)
    numbers = re.compile(r"-?\d*\.?\d+")
    assert numbers.sub("0", _paths(drawn)) == numbers.sub("0", _paths(committed))
    pairs = zip(numbers.findall(_paths(drawn)), numbers.findall(_paths(committed)), strict=True)
    assert max(abs(float(a) - float(b)) for a, b in pairs) <= 0.05  # versions of TeX round apart


@has_tex
@pytest.mark.tex
@pytest.mark.usefixtures("one_tex")
def test_an_error_of_tex_is_told(tmp_path: Path) -> None:
    (tmp_path / "bad.tex").write_text("\\begin{tikzpicture}\\nothing\\end{tikzpicture}\n")
    shutil.copy(diagrams.DIAGRAMS / diagrams.LIBRARY, tmp_path)
    with pytest.raises(diagrams.DiagramError, match="Undefined control sequence"):
        diagrams.draw("bad", tmp_path)


def test_the_order_of_fonts_in_a_dvi_does_not_show() -> None:
    a, b = "<path id='g{}-1' d='M1'/>\n", "<path id='g{}-7' d='M2'/>\n"
    text = "<defs>\n{}</defs>\n<use x='0' xlink:href='#g{}-7'/><use x='1' xlink:href='#g{}-1'/>"
    here = text.format(a.format(0) + b.format(1), 1, 0)
    there = text.format(b.format(0) + a.format(1), 0, 1)
    assert diagrams.ordered(here) == diagrams.ordered(there)
    assert diagrams.ordered(here).index("M2") < diagrams.ordered(here).index("M1")  # used first


def _paths(svg: str) -> str:
    return svg[svg.index("-->") :]


def test_the_hash_sees_what_draws_and_nothing_else(tmp_path: Path) -> None:
    style = tmp_path / "style.tex"
    style.write_text(
        "\\definecolor{pink}{HTML}{C92088}\n\\newcommand{\\vz}{\\role{z}}\n"
        "\\newcommand{\\role}[1]{#1}\n\\newcommand{\\other}{o}\n"
    )
    (tmp_path / diagrams.LIBRARY).write_text("library")
    source = tmp_path / "one.tex"
    source.write_text("$\\vz$\n")

    def now() -> str:
        return diagrams.digest("one", tmp_path, style)

    first = now()
    source.write_text("% a word\n$\\vz$\n\n")
    style.write_text(style.read_text().replace("{o}", "{u}"))
    assert now() == first
    style.write_text(style.read_text().replace("[1]{#1}", "[1]{\\bf #1}"))
    second = now()
    assert second != first
    style.write_text(style.read_text().replace("C92088", "C92089"))
    assert now() == second  # a colour is exchanged, not drawn
    source.write_text("$\\vz + 1$\n")
    assert now() != second


COLOURS = "\\definecolor{pink}{HTML}{C92088}\n\\definecolor{ink}{HTML}{1A1A1A}\n"


@pytest.fixture
def drawn(tmp_path: Path) -> Path:
    """A folder with a stylesheet of two colours and one diagram as TeX drew it in them."""
    style = tmp_path / "style.tex"
    style.write_text(COLOURS)
    (tmp_path / diagrams.LIBRARY).write_text("library")
    (tmp_path / "one").mkdir()
    (tmp_path / "one" / "two.tex").write_text("$z$\n")
    facts = {"hash": diagrams.digest("one-two", tmp_path, style)}
    facts["palette"] = {"#c92088": "pink", "#1a1a1a": "ink"}
    body = "<path fill='#c92088'/><path fill='#1a1a1a'/>"
    (tmp_path / "one" / "two.svg").write_text(
        f"<svg>\n<!-- ebm {json.dumps(facts)} -->\n{body}</svg>"
    )
    return tmp_path


def test_new_colours_need_no_tex(drawn: Path) -> None:
    """Also two colours that change places."""
    style = drawn / "style.tex"
    assert diagrams.fresh("one-two", drawn, style)
    style.write_text(COLOURS.replace("{pink}", "{}").replace("ink", "pink").replace("{}", "{ink}"))
    assert not diagrams.fresh("one-two", drawn, style)
    svg = diagrams.recoloured("one-two", drawn, style)
    assert svg is not None
    assert "<path fill='#1a1a1a'/><path fill='#c92088'/>" in svg
    (drawn / "one" / "two.svg").write_text(svg)
    assert diagrams.fresh("one-two", drawn, style)


def test_what_changed_in_more_than_colours_is_drawn(drawn: Path) -> None:
    style = drawn / "style.tex"
    style.write_text(COLOURS.replace("pink", "rose"))
    assert diagrams.recoloured("one-two", drawn, style) is None
    style.write_text(COLOURS.replace("C92088", "C92089"))
    (drawn / "one" / "two.tex").write_text("$z + 1$\n")
    assert diagrams.recoloured("one-two", drawn, style) is None


def test_a_diagram_on_a_page(tmp_path: Path) -> None:
    built = build(book(tmp_path))
    assert built.warnings == ""
    page = built.page()
    assert ">A latent goes into a decoder.</desc>" in page
    assert "fill:var(--pink,#c92088)" in page
    assert "id='one.p'" in page
    assert "<em>decoder</em>" in page
    assert "Fig. 1" in page
    assert 'href="https://code.invalid/book/blob/c0ffee/diagrams/one.tex">source</a>' in page


def test_print_draws_it_itself(tmp_path: Path) -> None:
    built = build(book(tmp_path), "latex")
    tex = next(built.out.glob("*.tex")).read_text("utf8")
    sources = {file.name: file.read_text("utf8") for file in built.out.glob("*.tex")}
    main = next(text for text in sources.values() if "\\documentclass" in text)
    assert tex
    assert "\\input{ebm.tikz.tex}" in main.split("\\begin{document}")[0]
    assert "\\input{figure-one.tex}" in main
    assert sources["figure-one.tex"].startswith("\\begin{tikzpicture}")
    assert sources["ebm.tikz.tex"] == "% library\n"


@pytest.mark.parametrize(
    ("place", "warning"),
    [
        (
            PLACE.replace(":alt: A latent goes into a decoder.\n", ""),
            "the diagram 'one' has no :alt:",
        ),
        (PLACE.replace("{diagram} one", "{diagram} two"), "there is no two.svg beside its .tex"),
        (PLACE.replace("The *decoder*.\n", ""), "figure 'one' has no caption"),
    ],
)
def test_warnings_with_file_and_line(tmp_path: Path, place: str, warning: str) -> None:
    warnings = build(book(tmp_path, place)).warnings
    lines = [line for line in warnings.splitlines() if warning in line]
    assert lines, warnings
    assert re.match(r"page\.ipynb:\d+: WARNING: ", lines[0]), lines[0]


def test_a_new_drawing_is_a_new_page(tmp_path: Path) -> None:
    root = book(tmp_path)
    build(root)
    (root / "diagrams" / "one.svg").write_text(SVG.replace("M0 0", "M7 7"))
    assert "M7 7" in build(root).page()
