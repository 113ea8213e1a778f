"""The lies of `nox -s mutate` still find their text, and every page has some."""

from __future__ import annotations

import ast

import pytest

from tests.helpers.tiny import REPOSITORY
from tools.book import Book, Page
from tools.build.checks.markdown import blocks
from tools.prove.mutate import Lie, lies

BOOK = Book(REPOSITORY)
LIES = lies(REPOSITORY)
PAGES = {page.docname: page for page in BOOK.notebooks}
LEAST = 3  # lies a page


def cells(text: str) -> list[str]:
    """The code of a page's cells."""
    found = (block.directive for block in blocks(text))
    return [one.body for one in found if one and one.name == "code-cell"]


@pytest.mark.parametrize("lie", LIES, ids=lambda one: f"{one.page}: {one.lie}")
def test_a_lie_finds_its_text_and_leaves_code(lie: Lie) -> None:
    text = PAGES[lie.page].text
    before, after = cells(text), cells(lie.plant(text))
    assert len(before) == len(after)
    changed = [two for one, two in zip(before, after, strict=True) if one != two]
    assert len(changed) == 1, "a lie changes one cell"
    ast.parse(changed[0])


@pytest.mark.parametrize("page", [p for p in PAGES.values() if p.chapter in BOOK.chapters],
                         ids=lambda page: page.docname)  # fmt: skip
def test_every_page_has_lies_and_one_on_its_headline(page: Page) -> None:
    if page.is_opening:
        return
    own = [lie for lie in LIES if lie.page == page.docname]
    assert len(own) >= LEAST, f"tests/claims/lies/{page.chapter}.json: {len(own)} of {page.docname}"
    assert sum(lie.headline for lie in own) == 1
