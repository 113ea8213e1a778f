"""No number of a chapter, section, figure or equation of this book is typed: all are references."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.helpers.tiny import REPOSITORY

WORDS = (
    "chapters?|sections?|parts?|volumes?|figures?|figs?[.]|tables?|equations?|eqs?[.]|exercises?"
)
TYPED = re.compile(
    rf"\b(?i:{WORDS})[ ~]+\d+(?:\.\d+)*|\b(?:Part|Chapter|Volume)s?[ ~]+[IVX]+\b|§ ?\d"
    r"|(?<![\w{}])\(\d+\.\d+\)"
)
# Of another work, which is cited in the same sentence or, in a docstring, named with its year.
CITED = re.compile(r"\{cite|\b(?:19|20)\d\d\b")
SENTENCES = re.compile(r"\n")
PARAGRAPHS = re.compile(r"\n\s*\n")
CODE = re.compile(r"^```\{code-cell\}.*?^```$|`[^`\n]+`|\$[^$]+\$", re.M | re.S)

BOOK, LIBRARY = REPOSITORY / "book", REPOSITORY / "ebmlib"
SOURCES = {
    **dict.fromkeys(sorted(BOOK.rglob("*.md")), SENTENCES),
    **dict.fromkeys(sorted((BOOK / "diagrams").rglob("*.tex")), SENTENCES),
    **dict.fromkeys(sorted(LIBRARY.rglob("*.py")), PARAGRAPHS),
}


def typed(text: str, within: re.Pattern[str]) -> Iterator[str]:
    """The places where a number is typed, with no other work named where `within` parts them."""
    for piece in within.split(text):
        if not CITED.search(piece):
            yield from (found[0] for found in TYPED.finditer(piece))


def without_code(text: str) -> str:
    """Code counts from one, and may: what a reader would take for a place stands in words."""
    return CODE.sub(lambda found: "\n" * found[0].count("\n"), text)


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(REPOSITORY)))
def test_no_number_is_typed(path: Path) -> None:
    text = path.read_text(encoding="utf8")
    text = without_code(text) if path.suffix == ".md" else text
    assert list(typed(text, SOURCES[path])) == [], "refer to it by its label: {ref} or {numref}"


@pytest.mark.parametrize(
    "words",
    [
        "As chapter 3 shows.",
        "Sections 2.4 tells.",
        "In Part I we saw.",
        "See Fig. 3.",
        "By equation 3.17.",
        "From (3.17) follows.",
        "See § 2.",
    ],
)
def test_a_typed_number_is_found(words: str) -> None:
    assert len(list(typed(words, SENTENCES))) == 1


@pytest.mark.parametrize(
    "words",
    [
        "{cite:t}`axler2015linear` has it in chapter 3.",
        "Nocedal and Wright, 2006, section 5.2.",
        "By {eq}`ellipse-F` and {numref}`fig-ellipse-bowls`, in two parts.",
        "The part I like; a section of the plane; f(2.5) is the energy.",
    ],
)
def test_what_is_no_place_of_this_book_is_passed_over(words: str) -> None:
    assert list(typed(without_code(words), SENTENCES)) == []
