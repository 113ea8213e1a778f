"""The lies of `nox -s mutate` still find their text, and every page has some."""

from __future__ import annotations

import ast
from collections import Counter

import pytest

from tests.helpers.tiny import REPOSITORY
from tools.book import Book, Page
from tools.build.checks.markdown import blocks
from tools.prove.mutate import Lie, lies

BOOK = Book(REPOSITORY)
LIES = lies(REPOSITORY)
PAGES = {page.docname: page for page in BOOK.notebooks}
LEAST = 3  # lies a page
# Chapters whose lies are still to be written: the list only gets shorter.
LACKING = {"intro", "spiral", "ellipse", "generative"}


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
    if page.chapter in LACKING:
        return
    assert len(own) >= LEAST, f"tests/claims/lies/{page.chapter}.json: {len(own)} of {page.docname}"
    assert sum(lie.headline for lie in own) == 1


def test_the_list_of_chapters_that_lack_lies_is_not_out_of_date() -> None:
    count = Counter(lie.page for lie in LIES)
    for chapter in LACKING:
        content = [page for page in BOOK.chapters[chapter] if page.is_notebook]
        whole = [page for page in content if page.is_opening or count[page.docname] >= LEAST]
        assert len(whole) < len(content), f"{chapter} has its lies: take it off the list"
