"""What a reader sees of a page is its argument: claims, imports and kept numbers fold.

`python -m tools.prove.book_keeping CHAPTER` tells all that a chapter has in view.
"""

from __future__ import annotations

import pytest

from tests.helpers.tiny import REPOSITORY
from tools.book import Book, Page
from tools.prove.book_keeping import faults

BOOK = Book(REPOSITORY)
# They have their old form still; a chapter leaves this list when its pages are written anew.
NOT_YET = ("intro", "spiral", "ellipse", "generative")
DONE = [p for name, pages in BOOK.chapters.items() if name not in NOT_YET for p in pages]


def told(page: Page) -> list[str]:
    return [f"{BOOK.relative(page.path)}:{line}: {words}" for line, words in faults(page)]


@pytest.mark.parametrize("page", DONE, ids=lambda page: page.docname)
def test_a_page_keeps_its_books_out_of_view(page: Page) -> None:
    assert told(page) == []


@pytest.mark.parametrize("chapter", NOT_YET)
def test_a_chapter_that_is_done_leaves_the_list(chapter: str) -> None:
    pages = BOOK.chapters[chapter]
    assert any(told(page) for page in pages), f"{chapter} is done: take it off NOT_YET"
