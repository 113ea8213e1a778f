"""Every figure of the book: its table reloads, and reproduces what is drawn."""

from __future__ import annotations

from typing import Any

import pytest

from tests.helpers.plotted import MIME, TOLERANCE, loaded, misfits
from tests.helpers.tiny import REPOSITORY
from tests.site.conftest import SITE
from tools.book import Book, table_files
from tools.execute.cache import ExecutionCache

BOOK = Book(REPOSITORY)
PAGES = [page for page in BOOK.pages if page.is_notebook]
WEIGHT = 300_000  # bytes, compressed: a page with ten figures


def figures(page: Any) -> dict[str, tuple[str, dict[str, Any]]]:
    """Name -> SVG and facts of each figure that the page's last run showed."""
    found = {}
    for cell in ExecutionCache(BOOK).outputs(page).cells:
        for output in cell.get("outputs", ()):
            data = output.get("data", {})
            if MIME in data:
                found[data[MIME]["name"]] = (data["image/svg+xml"], data[MIME])
    return found


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.docname)
def test_tables_reproduce_the_figures(page: Any) -> None:
    for name, (svg, facts) in figures(page).items():
        assert loaded(facts), name
        for series, distance in misfits(svg, facts):
            assert distance < TOLERANCE, f"{name}: {series} is {distance:.2f} points off its table"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.docname)
def test_tables_lie_beside_the_pages(page: Any) -> None:
    for name, (_, facts) in figures(page).items():
        paths = table_files(SITE / "_static" / "data", name)
        assert [[path.name, path.read_text("utf8")] for path in paths] == facts["tables"]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.docname)
def test_a_page_weighs_little(page: Any) -> None:
    import gzip

    html = (SITE / f"{page.docname}.html").read_bytes()
    count = html.count(b"data-figure=")
    weight = len(gzip.compress(html, 9))
    assert weight <= WEIGHT * max(count, 10) / 10, f"{weight} bytes with {count} figures"
