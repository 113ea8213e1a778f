"""The site's notebooks are whole: nbval passes in silence over a notebook without outputs.

Needs the built site: `nox -s tests` builds the book first.
"""

from __future__ import annotations

import nbformat
import pytest

from tests.tools.tiny import REPOSITORY
from tools.book import Book, Page

BOOK = Book(REPOSITORY)


def test_there_are_notebooks() -> None:
    assert BOOK.notebooks


@pytest.mark.parametrize("page", BOOK.notebooks, ids=lambda page: page.docname)
def test_every_cell_was_run_and_the_page_shows_something(page: Page) -> None:
    path = BOOK.build / "site" / f"{page.docname}.ipynb"
    assert path.is_file(), f"{path} is missing: build the book first"
    cells = [c for c in nbformat.read(path, 4).cells if c.cell_type == "code"]
    own = [c for c in cells if "install" not in c.metadata.get("tags", [])]
    assert len(own) == page.text.count("\n```{code-cell}")
    assert all(c.execution_count for c in own)
    assert any(c.outputs for c in own)
