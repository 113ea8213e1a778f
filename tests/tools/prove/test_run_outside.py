"""Which notebooks run outside: a page a chapter, and all that read."""

from __future__ import annotations

from tools.book import Book
from tools.prove.run_outside import chosen


def test_a_page_a_chapter_and_all_that_read(book: Book) -> None:
    names = [page.docname for page in chosen(book)]
    assert names == ["book/near/one", "book/near/reads", "book/far/one"]
