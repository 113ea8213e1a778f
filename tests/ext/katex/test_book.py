"""Maths in tiny books, HTML and LaTeX: one behaviour a book."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from fontTools.ttLib import TTFont

from tests.helpers.maths_book import Built, build, write

KATEX = 'class="katex"'
TITLED = "(a)=\n# Down to $\\zc$\n\nA page.\n\n(a-part)=\n## The energy $\\eE(\\vy)$\n\nA part.\n"


def test_inline_and_display_need_no_script(tmp_path: Path) -> None:
    text = "# I\n\nAn $\\vx$ and\n\n$$ \\eE(\\vy) $$ (eq-e)\n\nsee {eq}`eq-e`.\n"
    built = build(write(tmp_path, index=text))
    html = built.page("index")
    assert built.warnings == ""
    assert '<span class="math notranslate nohighlight math-whole" data-tex="' in html
    assert re.search(
        r'<div class="math [^>]*id="equation-eq-e"><div class="maths-box" style="', html
    )
    assert '<span class="eqno">(1)<a class="headerlink" href="#equation-eq-e"' in html
    assert '<a class="reference internal" href="#equation-eq-e">(1)</a>' in html
    assert "mathjax" not in html.lower().replace("mathjax_ignore", "")  # a class of MyST's
    for name in ("katex/katex.min.css", "maths/colours.css", "maths/maths.css"):
        assert f"_static/{name}" in html
        assert (built.out / "_static" / name).is_file()


def test_no_line_begins_with_the_stop_after_a_short_formula(tmp_path: Path) -> None:
    text = "# I\n\nLet $\\vx$. Or $\\vx$ and $a + b + c + d + e + f + g + h = 0$, and so on.\n"
    html = build(write(tmp_path, index=text)).page("index")
    assert ".</span> Or" in html  # inside: it cannot be parted from the formula
    assert "</span> and" in html
    assert "</span>, and so on" in html  # a long formula breaks where it must
    assert "<!--end-->" not in html


def test_no_line_ends_with_the_bracket_before_a_short_formula(tmp_path: Path) -> None:
    html = build(write(tmp_path, index="# I\n\nCold ($\\vx$) and ($\\vx$).\n")).page("index")
    assert len(re.findall(r'Cold <span class="[^"]*math-whole"[^>]*>\(<', html)) == 1
    assert (
        len(re.findall(r'and <span class="[^"]*math-whole"[^>]*>\(<.*?\)\.</span></p>', html)) == 1
    )


def test_nothing_is_loaded_from_elsewhere(tmp_path: Path) -> None:
    built = build(write(tmp_path, index="# I\n\n$\\vx$\n"))
    styles = (built.out / "_static/katex/katex.min.css").read_text("utf8")
    fonts = re.findall(r"url\(([^)]*)\)", styles)
    assert len(fonts) >= 15
    for font in fonts:
        assert font.endswith(".woff2")
        assert (built.out / "_static/katex" / font).is_file()
    for page in built.out.glob("*.html"):
        html = page.read_text("utf8")
        assert not re.search(r'<(script|link)[^>]*(src|href)="(https?:)?//', html)


def test_fonts_hold_what_the_formulas_show_and_no_more(tmp_path: Path) -> None:
    book = write(tmp_path, index="# I\n\n$\\vx$\n")
    main = "_static/katex/fonts/KaTeX_Main-Regular.woff2"

    def shown(built: Built) -> set[str]:
        return {chr(code) for code in TTFont(built.out / main).getBestCmap()}

    first = build(book)
    assert "x" in shown(first)
    assert not set("♠§") & shown(first)
    assert shown(build(book)) == shown(first)
    (book / "index.md").write_text("# I\n\n$\\vx \\spadesuit$\n")
    assert shown(build(book)) == shown(first) | {"♠"}


def test_a_likely_height_is_told_where_it_is_safe(tmp_path: Path) -> None:
    text = f"# I\n\n{'Some words. ' * 20} $\\vx$.\n\nNo maths.\n\n![a](a.png) and $\\vx$.\n"
    text += "\n- $\\vx$\n\n$$ \\frac{1}{2} $$\n"
    book = write(tmp_path, index=text)
    (book / "a.png").write_bytes(b"")
    html = build(book).page("index")
    assert html.count("maths-lines") == 1
    assert '<p class="maths-lines lines-6">Some' in html
    assert re.search(r'<div class="maths-box" style="--height:2\.\d\dem">', html)


def test_lines_and_environments(tmp_path: Path) -> None:
    text = "# I\n\n$$\na \\\\ b\n$$\n\n\\begin{align}\na &= b\\\\ c &= d\n\\end{align}\n"
    text += "\n```{math}\n:label: two\na = b\n\nc = d\n```\n"
    built = build(write(tmp_path, index=text))
    assert built.warnings == ""
    assert built.page("index").count("katex-display") == 3
    assert "katex-tag" not in built.page("index")  # numbers are Sphinx's, not KaTeX's


def test_titles_are_coloured_where_they_stand_and_plain_elsewhere(tmp_path: Path) -> None:
    text = "# I\n\n{ref}`a-part`, {doc}`a`, [](a.md) and [](#a-part).\n"
    built = build(write(tmp_path, index=text, a=TITLED, b="# B\n\nLast.\n"))
    assert built.warnings == ""
    page, index = built.page("a"), built.page("index")
    assert re.search(r"<h1>Down to <span class=\"math[^>]*><span class=\"katex\">", page)
    assert "<title>Down to ž" in page
    links = BeautifulSoup(index, "html.parser").select("p a.reference.internal")
    assert [len(one.select("math")) for one in links] == [1] * 4
    assert KATEX in index.split("toctree-wrapper")[1]  # coloured in the contents
    assert 'title="Down to ž"' in built.page("b")  # <link rel="prev">
    search = (built.out / "searchindex.js").read_text("utf8")
    assert "Down to \\u017e" in search
    assert "The energy E(y)" in search
    assert "katex" not in search


def test_captions_tables_notes_and_lists(tmp_path: Path) -> None:
    text = (
        "# I\n\n| $\\vx$ | b |\n|---|---|\n| $\\vy$ | $\\vz$ |\n\n- $\\vh$[^n]\n\n[^n]: A $\\vw$.\n"
    )
    text += (
        "\n```{table} Of $\\vs$\n:name: t\n\n| a |\n|---|\n| b |\n```\n\nTerm $\\vu$\n: A $\\vv$.\n"
    )
    built = build(write(tmp_path, index=text), myst_enable_extensions=["dollarmath", "deflist"])
    assert built.warnings == ""
    found = set(re.findall('data-symbol="([a-z]+)"', built.page("index")))
    assert found == {"vx", "vy", "vz", "vh", "vw", "vs", "vu", "vv"}


@pytest.mark.parametrize(
    ("formula", "line", "why"),
    [
        ("Text.\n\nAn $\\vzz$ here.", 5, r"Undefined control sequence: \vzz in \vzz"),
        ("$$\n\\frac{a\n$$", 3, "Unexpected end"),
        ("## On $\\nope$", 3, r"Undefined control sequence: \nope"),
    ],
)
def test_an_error_names_file_and_line_at_every_build(
    tmp_path: Path, formula: str, line: int, why: str
) -> None:
    book = write(tmp_path, index="# I\n", bad=f"# Bad\n\n{formula}\n")
    for _ in range(2):  # Sphinx alone would be silent the second time
        built = build(book)
        assert f"bad.md:{line}: WARNING: maths: {why}" in built.warnings
    (book / "bad.md").write_text("# Bad\n\nMended.\n")
    assert build(book).warnings == ""
    assert build(book).warnings == ""


def test_a_build_in_which_nothing_changed_renders_nothing(tmp_path: Path) -> None:
    book = write(tmp_path, index="# I\n\n$\\vx$ $\\vy$\n", a="# A\n\n$\\vz$\n")
    assert build(book).rendered > 3
    assert build(book).rendered == 0
    (book / "a.md").write_text("# A\n\n$\\vz$ $\\vz + 1$\n")
    assert build(book).rendered == 1


def sheet(book: Path, body: str = "x", pink: str = "C92088") -> None:
    (book / "sheet.tex").write_text(
        f"\\definecolor{{pink}}{{HTML}}{{{pink}}}\n\\definecolor{{pink-dark}}{{HTML}}{{F967A0}}\n"
        "%% Roles\n\\newcommand{\\observed}[1]{\\textcolor{pink}{#1}} %: observed | seen | -\n"
        f"%% All\n\\newcommand{{\\vx}}{{\\observed{{{body}}}}} %: input | $\\mathbb{{R}}$ | x\n"
    )


def test_a_changed_stylesheet_reaches_every_page(tmp_path: Path) -> None:
    book = write(tmp_path, index="# I\n\n$\\vx$\n", a="# A\n\n$\\vx + 1$\n")
    sheet(book)
    first = build(book, maths_stylesheet="sheet.tex")
    assert first.warnings == ""
    before = first.page("a")
    sheet(book, pink="123456")  # a hex: the CSS changes, no formula is rendered again
    coloured = build(book, maths_stylesheet="sheet.tex")
    assert coloured.rendered == 0
    assert "#123456" in (coloured.out / "_static/maths/colours.css").read_text("utf8")
    assert re.sub(r"\?v=\w+", "", coloured.page("a")) == re.sub(r"\?v=\w+", "", before)
    assert coloured.page("a") != before  # a browser must not keep the old CSS
    sheet(book, body="X")  # a body: every page
    changed = build(book, maths_stylesheet="sheet.tex")
    assert changed.rendered > 0
    assert ">X</span>" in changed.page("a")


def test_a_broken_stylesheet_stops_the_build(tmp_path: Path) -> None:
    from sphinx.errors import ExtensionError

    book = write(tmp_path, index="# I\n")
    (book / "sheet.tex").write_text("\\def\\x{1}\n")
    with pytest.raises(ExtensionError, match=r"sheet\.tex:1: the web cannot carry \\def"):
        build(book, maths_stylesheet="sheet.tex")


def test_latex_gets_the_source_and_the_stylesheet(tmp_path: Path) -> None:
    text = TITLED + "\nAn $\\vx$ and\n\n$$ \\eE(\\vy) $$ (eq-e)\n\nsee {eq}`eq-e`.\n"
    built = build(write(tmp_path, index=text), "latex", latex_elements={"preamble": "% mine"})
    assert built.warnings == ""
    assert built.rendered == 0
    tex = next(built.out.glob("*.tex")).parent
    source = next(p for p in tex.glob("*.tex") if p.name != "maths-preamble.tex").read_text("utf8")
    assert "% mine\n\\input{maths-preamble.tex}" in source
    assert (built.out / "maths-preamble.tex").is_file()
    assert r"\(\vx\)" in source
    assert r"\begin{split} \eE(\vy) \end{split}" in source
    assert r"\texorpdfstring{\protect\(\eE(\vy)\protect\)}{E(y)}" in source


def test_mathjax_can_still_be_chosen(tmp_path: Path) -> None:
    """For a comparison: without our renderer the extension stays out of the way."""
    book = write(tmp_path, index="# I\n\n$x$\n")
    extensions = ["myst_parser", "_ext.katex", "sphinx.ext.mathjax"]
    built = build(book, extensions=extensions, html_math_renderer="mathjax")
    assert "mathjax" in built.page("index")
    assert "katex" not in built.page("index")


def test_two_processes_write_what_one_does(tmp_path: Path) -> None:
    pages = {f"p{n}": f"# On $\\vx_{n}$\n\n$\\vy_{n}$ and $$ \\vz_{n} $$\n" for n in range(12)}
    one = build(write(tmp_path / "one", **pages))
    many = build(write(tmp_path / "many", **pages), workers=2)
    assert many.warnings == one.warnings == ""
    for name in pages:
        assert many.page(name) == one.page(name)


def test_a_reference_to_a_title_shows_its_formula(tmp_path: Path) -> None:
    title = "(a)=\n# The energy $\\widehat{E}_\\beta$\n\n(b)=\n## A $\\vec v$ part\n\nWords.\n"
    text = "# I\n\nSee {ref}`a`, {doc}`a`, {ref}`in words <a>` and {ref}`b`.\n"
    built = build(write(tmp_path, index=text, a=title))
    assert built.warnings == ""
    page = BeautifulSoup(built.page("index"), "html.parser")
    said = page.select("p a.reference.internal")
    assert [len(one.select("math")) for one in said] == [1, 1, 0, 1]
    assert [one.get_text()[:2] for one in said] == ["Th", "Th", "in", "A "]
    assert "The energy Ê_β" in str(BeautifulSoup(built.page("a"), "html.parser").title)
