"""The book that is taken along: unzipped elsewhere, it opens, searches and leads on by itself."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.helpers.browser import PATIENCE, served
from tests.helpers.tiny import REPOSITORY
from tests.site.looks import opened
from tools.book import Book

WORD = "softargmin"


@pytest.fixture(scope="module")
def at_home(taken: Path) -> Iterator[str]:
    """The unzipped book behind a server."""
    with served(taken) as address:
        yield address


def test_the_front_leads_to_the_book(browser: Browser, taken: Path) -> None:
    own = taken.as_uri()
    with opened(browser, f"{own}/index.html", "light-wide", own) as (page, faults):
        page.wait_for_selector("h1")
        assert faults == []
    assert "README.txt" in {path.name for path in taken.iterdir()}


@pytest.mark.parametrize("way", ["file", "server"])
def test_search_finds_a_word(browser: Browser, taken: Path, at_home: str, way: str) -> None:
    own = taken.as_uri() if way == "file" else at_home
    with opened(browser, f"{own}/search.html?q={WORD}", "light-wide", own) as (page, faults):
        link = page.locator('.search-results a[href*="intro/softmin.html"]').first
        link.click(timeout=PATIENCE)
        expect(page.locator("h1")).to_be_visible()
        assert faults == []


def test_data_and_notebooks_are_there(taken: Path) -> None:
    for page in Book(REPOSITORY).notebooks:
        assert (taken / f"{page.docname}.ipynb").is_file()
    assert len(list((taken / "_static" / "data").glob("*.txt"))) > 50
