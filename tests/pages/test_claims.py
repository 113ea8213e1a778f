"""Every number that a page claims agrees with the committed figures."""

from __future__ import annotations

from tests.helpers.tiny import REPOSITORY
from tools.book import Book
from tools.prove.claims import differences


def test_the_book_agrees_with_what_it_claims() -> None:
    """Needs the executed pages: `nox -s tests` builds the book first."""
    assert differences(Book(REPOSITORY)) == []
