"""Negative numbers have a minus, and no line ends within a size or a short name."""

from __future__ import annotations

from pathlib import Path

import pytest
from docutils import nodes
from docutils.utils import new_document

from _ext.prose import WHOLE, _set_numbers
from tests.helpers.maths_book import build, write


@pytest.mark.parametrize("word", ["2-100-2-5", "L-BFGS", "K-means", "3-d", "1e-5"])
def test_words_that_stay_whole(word: str) -> None:
    assert [match[0] for match in WHOLE.finditer(f"the {word}, ({word}).")] == [word, word]


@pytest.mark.parametrize("word", ["cross-entropy", "well-known", "re-run", "x-y-z-coordinates"])
def test_words_that_may_break(word: str) -> None:
    assert not WHOLE.search(f"the {word}.")


def test_in_the_text_and_not_in_code(tmp_path: Path) -> None:
    page = "# A 2-2 title\n\nA net 2-100-2 and `2-100-2`.\n"
    extensions = ["myst_parser", "_ext.katex", "_ext.prose"]
    done = build(write(tmp_path, index=page), extensions=extensions)
    assert done.warnings == ""
    assert done.page("index").count('<span class="whole">2-100-2</span>') == 1
    assert done.page("index").count('class="whole"') == 1


def test_a_glued_number_is_set_as_in_print() -> None:
    document = new_document("page")
    glued = ("-1.2", "-ish", "3", "-2.8e-06")
    document += [nodes.inline("", text, classes=["pasted-text"]) for text in glued]
    _set_numbers(None, document)  # type: ignore[arg-type]
    *words, formula = document
    assert [node.astext() for node in words] == ["\N{MINUS SIGN}1.2", "-ish", "3"]
    assert isinstance(formula, nodes.math)
    assert formula.astext() == r"-2.8 \cdot 10^{-6}"
