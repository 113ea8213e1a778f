"""Figures name what they show by the stylesheet's macros, and so in its weight and colour."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

import pytest

from tests.helpers.tiny import REPOSITORY
from tools.book import Book, Page
from tools.build.checks.markdown import blocks

NAMING = {"frame", "label", "legend", "bare", "curve"}  # the functions that write words
PAGES = [page for page in Book(REPOSITORY).notebooks if "appendix" not in page.docname]
COMMAND = re.compile(r"\\[A-Za-z]+")
NORM = re.compile(r"\|[^|]*\|")
BARE = re.compile(r"[xyzEF]")  # letters that have a role wherever the book uses them


def unnamed(text: str) -> bool:
    """Whether a formula in these words has a variable as a mere letter."""
    return any(BARE.search(NORM.sub("", COMMAND.sub("", one))) for one in text.split("$")[1::2])


def words(code: str) -> Iterator[tuple[int, str]]:
    """Line and text of each string that a call hands to a figure's words."""
    for call in ast.walk(ast.parse(code)):
        if isinstance(call, ast.Call) and getattr(call.func, "id", "") in NAMING:
            for node in ast.walk(call):
                if isinstance(node, ast.Constant) and isinstance(node.value, str):
                    yield node.lineno, node.value


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.docname)
def test_axes_titles_and_labels_take_macros(page: Page) -> None:
    cells = (one.directive for one in blocks(page.text))
    found = [
        f"{page.docname}.md:{cell.start + line - 1}: {text!r}: write its variables as macros"
        for cell in cells
        if cell and cell.name == "code-cell"
        for line, text in words(cell.body)
        if unnamed(text)
    ]
    assert found == []


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("$y_1$", True),
        ("mean $F$", True),
        (r"$\eE(\vy, z)$", True),
        (r"$\sy_1$", False),
        (r"$\beta = 3$, by x", False),
        ("$|z|_1$", False),
        (r"$\lambda_{\max}$", False),
    ],
)
def test_a_mere_letter_is_told(text: str, told: bool) -> None:
    assert unnamed(text) is told
