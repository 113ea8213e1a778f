"""The notation appendix and the explanations that a page's script tells."""

from __future__ import annotations

import json
import re
from pathlib import Path

from _ext.stylesheet.parser import load
from tests.helpers.maths_book import Built, build, write

APPENDIX = "# Notation\n\n```{notation}\n```\n"


def row(built: Built, macro: str) -> str:
    html = built.page("notation")
    return re.search(rf'<tr[^>]*id="symbol-{macro}">.*?</tr>', html, re.S)[0]


def told(built: Built) -> dict[str, object]:
    text = (built.out / "_static/maths/notation-data.js").read_text("utf8")
    return json.loads(text.removeprefix("window.mathsSymbols = ").removesuffix(";\n"))


def book(root: Path) -> Path:
    return write(
        root,
        index="# I\n\n$\\vx$\n",
        first="# First\n\n$\\vx$\n",
        notation=APPENDIX,
        second="# On $\\vx$\n\n$$ \\vz + \\vx $$\n",
    )


def test_every_symbol_has_its_row(tmp_path: Path) -> None:
    built = build(book(tmp_path))
    assert built.warnings == ""
    for macro, symbol in load().symbols.items():
        found = row(built, macro)
        assert f'data-symbol="{macro}"' in found
        assert symbol.python in found
    for role in load().roles:
        assert f'id="role-{role}"' in built.page("notation")


def test_pages_in_the_order_of_reading_and_linked(tmp_path: Path) -> None:
    built = build(book(tmp_path))
    found = row(built, "vx")
    first, rest = found.split("<details>")
    assert '<a class="reference internal" href="first.html">First</a>' in first
    assert "and 1 more" in rest
    assert '<a class="reference internal" href="second.html">On x</a>' in rest
    assert "details" not in row(built, "vz")
    assert "no page yet" in row(built, "vq")
    assert "notation.html" not in found  # the appendix does not count itself,
    assert "index.html" not in found  # nor the home page


def test_the_appendix_follows_the_pages(tmp_path: Path) -> None:
    root = book(tmp_path)
    build(root)
    (root / "second.md").write_text("# Second\n\n$\\vq$\n")
    built = build(root)
    assert 'href="second.html">Second</a>' in row(built, "vq")
    assert "second.html" not in row(built, "vx")


def test_what_is_told_of_a_symbol(tmp_path: Path) -> None:
    data = told(build(book(tmp_path)))
    assert data["page"] == "notation.html"
    z = data["symbols"]["sz"]
    assert z["role"] == "latent: never observed, always inferred"
    assert z["colour"] == "orange"
    assert z["say"] == (
        "z: scalar latent; latent: never observed, always inferred; "
        "in ℝ; [0, 2π) on the ellipse; in code, z"
    )
    assert "math" not in re.sub(r'class="[^"]*"', "", z["space"])  # read aloud only once
    assert "data-symbol" not in z["space"]


def test_a_book_without_the_appendix_links_nowhere(tmp_path: Path) -> None:
    built = build(write(tmp_path, index="# I\n\n$\\vx$\n"))
    assert built.warnings == ""
    assert told(built)["page"] == ""


def test_no_handlers_in_the_page(tmp_path: Path) -> None:
    html = build(book(tmp_path)).page("second")
    body = html.split("<body")[1]
    assert not re.search(r"\son[a-z]+=", body)
    scripts = re.findall(r"<script[^>]*maths[^>]*>", html)
    first, *others = scripts
    assert len(others) == 2
    assert all("defer" in script for script in others)
    # The first asks for fonts and must not wait for the CSS.
    assert html.index(first) < html.index("stylesheet")
    assert "tabindex" not in body  # without the script no tab stop would do anything


def test_latex_shows_all_pages(tmp_path: Path) -> None:
    built = build(book(tmp_path), "latex")
    assert built.warnings == ""
    source = next(p for p in built.out.glob("*.tex") if p.name != "maths-preamble.tex")
    text = source.read_text("utf8")
    assert r"\begin{longtable}" in text
    assert re.search(r"\\vx\\\).*?\{First\}.*?\{On x\}", text, re.S)
