"""The book that is taken along: unzipped elsewhere, it opens, searches and leads on by itself."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.helpers.browser import PATIENCE, served
from tests.helpers.tiny import REPOSITORY
from tests.site.conftest import all_pages
from tests.site.looks import opened
from tools.book import Book
from tools.publish.offline import offline

WORD = "softargmin"


@pytest.fixture(scope="module")
def unzipped(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = offline(Book(REPOSITORY))
    out = tmp_path_factory.mktemp("a folder of my own")  # with spaces, as folders have
    with zipfile.ZipFile(made) as archive:
        archive.extractall(out)
    return next(out.iterdir())


@pytest.fixture(scope="module")
def at_home(unzipped: Path) -> Iterator[str]:
    """The unzipped book behind a server."""
    with served(unzipped) as address:
        yield address


@pytest.mark.parametrize("name", all_pages())
def test_a_page_opens_and_leads_nowhere_that_is_missing(
    browser: Browser, unzipped: Path, name: str
) -> None:
    own = unzipped.as_uri()
    with opened(browser, f"{own}/{name}.html", "light-wide", own) as (page, faults):
        assert faults == []
        assert page.locator("h1").count() == 1
        assert page.locator(".katex-error").count() == 0
        assert [path for path in _local(page) if not path.is_file()] == []


LINKS = """[...document.links].map(a => new URL(a.href))
  .filter(url => url.protocol === 'file:').map(url => decodeURI(url.pathname))"""


def _local(page: Page) -> list[Path]:
    links = page.evaluate(LINKS)
    return [Path(link) for link in sorted(set(links))]


def test_the_front_leads_to_the_book(browser: Browser, unzipped: Path) -> None:
    own = unzipped.as_uri()
    with opened(browser, f"{own}/index.html", "light-wide", own) as (page, faults):
        page.wait_for_selector("h1")
        assert faults == []
    assert "README.txt" in {path.name for path in unzipped.iterdir()}


@pytest.mark.parametrize("way", ["file", "server"])
def test_search_finds_a_word(browser: Browser, unzipped: Path, at_home: str, way: str) -> None:
    own = unzipped.as_uri() if way == "file" else at_home
    with opened(browser, f"{own}/search.html?q={WORD}", "light-wide", own) as (page, faults):
        link = page.locator('.search-results a[href*="intro/softmin.html"]').first
        link.click(timeout=PATIENCE)
        expect(page.locator("h1")).to_be_visible()
        assert faults == []


def test_data_and_notebooks_are_there(unzipped: Path) -> None:
    for page in Book(REPOSITORY).notebooks:
        assert (unzipped / f"{page.docname}.ipynb").is_file()
    assert len(list((unzipped / "_static" / "data").glob("*.txt"))) > 50
