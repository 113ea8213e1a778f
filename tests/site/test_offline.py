"""The book that is taken along: unzipped elsewhere, it opens, searches and leads on by itself."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from functools import partial
from http.server import ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from playwright.sync_api import Browser, Page

from tests.site.conftest import BOOK_PAGES, Quiet
from tests.site.looks import opened
from tests.tools.tiny import REPOSITORY
from tools.book import Book
from tools.offline import offline

WORD = "softargmin"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = offline(Book(REPOSITORY))
    out = tmp_path_factory.mktemp("a folder of my own")  # with spaces, as folders have
    with zipfile.ZipFile(made) as archive:
        archive.extractall(out)
    return next(out.iterdir())


@pytest.fixture(scope="module")
def at_home(folder: Path) -> Iterator[str]:
    """The unzipped book behind a server."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder)))
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize("docname", BOOK_PAGES)
def test_a_page_opens_and_asks_for_nothing_that_is_missing(
    browser: Browser, folder: Path, docname: str
) -> None:
    with opened(browser, (folder / f"{docname}.html").as_uri(), "light-wide") as (page, faults):
        assert faults == []
        assert page.locator("h1").count() == 1
        assert page.locator(".katex-error").count() == 0
        lost = [path for path in _local(page) if not path.is_file()]
        assert lost == []


LINKS = """[...document.links].map(a => new URL(a.href))
  .filter(url => url.protocol === 'file:').map(url => decodeURI(url.pathname))"""


def _local(page: Page) -> list[Path]:
    links = page.evaluate(LINKS)
    return [Path(link) for link in sorted(set(links))]


def test_the_front_leads_to_the_book(browser: Browser, folder: Path) -> None:
    page = browser.new_page()
    page.goto((folder / "index.html").as_uri())
    page.wait_for_selector("h1")
    assert "README.txt" in {path.name for path in folder.iterdir()}
    page.close()


@pytest.mark.parametrize("way", ["file", "server"])
def test_search_finds_a_word(browser: Browser, folder: Path, at_home: str, way: str) -> None:
    start = folder.as_uri() if way == "file" else at_home
    with opened(browser, f"{start}/search.html?q={WORD}", "light-wide") as (page, faults):
        page.wait_for_selector("#search-results li a", timeout=20_000)
        found = page.evaluate("[...document.querySelectorAll('#search-results a')].map(a=>a.href)")
        assert any("/intro/softmin.html" in one for one in found)
        assert [fault for fault in faults if not fault.startswith("foreign")] == []
        page.click("#search-results li a")
        page.wait_for_selector("h1")


def test_data_and_notebooks_are_there(folder: Path) -> None:
    for page in Book(REPOSITORY).notebooks:
        assert (folder / f"{page.docname}.ipynb").is_file()
    assert len(list((folder / "_static" / "data").glob("*.txt"))) > 50
