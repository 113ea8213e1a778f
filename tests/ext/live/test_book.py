"""A tiny book with live figures: what its pages hold and load."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

import pytest

from _ext.live import STATIC
from tests.helpers.live_book import (
    CELLS,
    LEARNS,
    PLANE,
    TRY,
    cells,
    learns,
    live_book,
    plane,
    shown,
)
from tests.helpers.maths_book import Built

CORE = 7000  # bytes, compressed: script and style that every live figure loads
PART = 3000  # a group of pens or controls, which only a page that uses it loads


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Built:
    return live_book(tmp_path_factory.mktemp("live"))


def loaded(book: Built, page: str) -> list[str]:
    """The files of live figures that a page names, in its order."""
    return re.findall(r'(?:src|href)="_static/(live[-.][^"?]*)', book.page(page))


def test_a_page_loads_what_its_figures_use_and_the_core_last(book: Built) -> None:
    assert book.warnings == ""
    expected = {
        "plane": ["live-tries.js", "live-points.js", "live-strokes.js", "live-tints.js"],
        "learning": ["live-tries.js", "live-steps.js", "live-strokes.js"],
        "cells": ["live-tries.js", "live-cells.js", "live-strokes.js", "live-tints.js"],
    }
    for page, parts in expected.items():
        scripts = [name for name in loaded(book, page) if name.endswith(".js")]
        assert scripts == [*parts, "live.js"]
        assert "live.css" in loaded(book, page)
    assert loaded(book, "still") == []


def test_the_function_stands_beside_the_page_and_is_linked(book: Built) -> None:
    for page, name in {"plane": PLANE, "learning": LEARNS, "cells": CELLS}.items():
        assert f'<a href="_static/live/{name}.js">the function</a>' in book.page(page)
        text = (book.out / "_static" / "live" / f"{name}.js").read_text("utf8")
        assert text.startswith(f'window.ebmLive.figures["{name}"]=')
        assert '"tests"' not in text
        assert "eval" not in text
        assert "<svg" not in text


def test_labels_and_sentence_are_typeset_at_build(book: Built) -> None:
    controls = book.page("plane").partition('class="ebm-controls"')[2]
    assert controls.count('class="katex"') == 4  # y twice, beta, and F in the sentence
    assert "$" not in controls.partition("</figure>")[0]


def test_a_wrong_formula_of_a_label_is_told(tmp_path: Path) -> None:
    made = plane()
    mime = next(key for key in made if "ebmlib" in key)
    facts = dict(made[mime])
    facts["live"] = facts["live"] | {"said": {"text": "$\\nosuchmacro$", "values": {}}}
    built = live_book(tmp_path, page=shown(PLANE, made | {mime: facts}))
    assert "nosuchmacro" in built.warnings
    assert "page.ipynb" in built.warnings


def test_print_has_the_static_figure(tmp_path: Path) -> None:
    built = live_book(tmp_path, "latex", plane=shown(PLANE, plane()))
    texts = [path.read_text("utf8") for path in built.out.glob("*.tex")]
    (book,) = [text for text in texts if f"{{figure-{PLANE}.pdf}}" in text]
    after = book.partition(f"{{figure-{PLANE}.pdf}}")[2].partition("\\end{figure}")[0]
    assert "ellipse" in after  # the caption
    assert "\\vy" not in after
    assert "\\ebmmoves{Move it in the book.}" in after


def test_search_finds_what_moves_and_none_of_its_labels(book: Built) -> None:
    records = (book.out / "_static" / "search" / "records.js").read_text("utf8")
    assert "Points near an ellipse.\\nMove it in the book." in records
    assert "y\u03b2" not in records
    assert "Move it in the book" not in book.page("plane")


WRONG = {
    "<tiny-plain y=0,0>": "no figure of this page that moves is 'tiny-plain': did you mean 'tiny-p",
    "<tiny-plane x=0,0>": "tiny-plane has no setting 'x'",
    "<tiny-plane betta=1>": "tiny-plane has no setting 'betta': did you mean 'beta'?",
    "<tiny-plane y=0>": "y of tiny-plane needs 2 numbers. Got 1",
    "<tiny-plane y=0,3>": "y of tiny-plane lies between -2 and 2. Got 3",
    "<tiny-plane beta=0>": "beta of tiny-plane lies between 0.1 and 100. Got 0",
    "<tiny-plane beta=cold>": "beta of tiny-plane needs numbers. Got 'cold'",
    "<tiny-plane beta=y>": "beta of tiny-plane needs 1 numbers. Got 2",
    "<tiny-learning w=1,2,3>": "w of tiny-learning needs 2 numbers, or one for all. Got 3",
    "<tiny-cells up=seed>": "up of tiny-cells lies between 0 and 1. Got ",
    "<tiny-plane>": "write {try}`words <FIGURE setting=1 point=0,1>`",
    "no figure": "write {try}`words <FIGURE setting=1 point=0,1>`",
}


def test_words_that_set_a_figure_are_checked_with_their_line(tmp_path: Path) -> None:
    lines = [f"Now {{try}}`see it {what}`.\n" for what in WRONG]
    lines[-1] = "Now {try}`no figure`.\n"
    others = [*shown(LEARNS, learns()), *shown(CELLS, cells())]
    built = live_book(tmp_path, plane=["\n".join(lines), *shown(PLANE, plane()), *others])
    told = built.warnings.splitlines()
    for words in WRONG.values():
        found = [line for line in told if words in line]
        assert found, (words, told)
        assert all(re.match(r"plane\.ipynb:\d+: ", line) for line in found)
    assert "data-try" not in built.page("plane")
    assert "see it" in built.page("plane")


def test_words_that_set_a_figure_are_words_at_first(book: Built, tmp_path: Path) -> None:
    page = book.page("plane")
    values = "{&quot;y&quot;:[0.0,0.0],&quot;beta&quot;:[10.0]}"
    words = 'into the <em>middle</em> of <span class="math'
    assert f'<span class="ebm-try-end"><span class="ebm-try" data-try="{PLANE}" ' in page
    assert f'data-set="{values}">{words}' in page
    assert "</span>,</span> it is said." in page  # a line cannot end before the comma
    printed = live_book(tmp_path, "latex", plane=[TRY, *shown(PLANE, plane())])
    assert printed.warnings == ""
    texts = "".join(path.read_text("utf8") for path in printed.out.glob("*.tex"))
    assert "Put it into the \\sphinxstyleemphasis{middle} of \\(\\vy\\), it is said." in texts


def test_core_and_parts_keep_to_their_weight() -> None:
    sizes = {one.name: len(gzip.compress(one.read_bytes())) for one in STATIC.iterdir()}
    assert sizes.pop("live.js") + sizes.pop("live.css") <= CORE
    assert max(sizes.values()) <= PART
