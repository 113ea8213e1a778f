"""What a reader sees of a page is its argument: claims, imports and kept numbers fold.

`python -m tools.prove.book_keeping CHAPTER` tells all that a chapter has in view.
"""

from __future__ import annotations

import pytest

from tests.helpers.tiny import REPOSITORY
from tools.book import Book, Page
from tools.prove.book_keeping import faults

BOOK = Book(REPOSITORY)
PAGES = [page for pages in BOOK.chapters.values() for page in pages]


def told(page: Page) -> list[str]:
    return [f"{BOOK.relative(page.path)}:{line}: {words}" for line, words in faults(page)]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.docname)
def test_a_page_keeps_its_books_out_of_view(page: Page) -> None:
    assert told(page) == []
