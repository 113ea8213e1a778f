"""A browser and the built site, over HTTP and from the file system.

`nox -s tests` builds the book first; run alone, these tests need `_build/site`, or the folder
that EBM_SITE names: `nox -s offline` has them read the unzipped book.
"""

from __future__ import annotations

import os
import shutil
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.tools.tiny import REPOSITORY
from tools.book import Book

SITE = Path(os.environ.get("EBM_SITE") or REPOSITORY / "_build" / "site")
FLAGS = [
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
]
NAMES = ("chromium", "chromium-browser", "google-chrome")
# The pages of the contents, in the order in which they are read.
BOOK_PAGES = [page.docname for page in Book(REPOSITORY).pages]


def all_pages() -> list[str]:
    """Every page of the site, those first that are heaviest; the root only leads to the home."""
    root = SITE.resolve()
    files = [path for path in root.rglob("*.html") if path != root / "index.html"]
    files.sort(key=lambda path: (-path.stat().st_size, path))
    names = [path.relative_to(root).as_posix().removesuffix(".html") for path in files]
    return names or BOOK_PAGES  # a site that is not built fails at its first page


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.site)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    path = next((found for name in NAMES if (found := shutil.which(name))), None)
    assert path, "Chromium is not installed (Debian: apt-get install chromium)"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


class Quiet(SimpleHTTPRequestHandler):
    """Serves without a line for each request."""

    protocol_version = "HTTP/1.1"  # one connection serves many requests

    def log_message(self, *_: object) -> None:
        """Says nothing."""


@pytest.fixture(scope="session")
def served() -> Iterator[str]:
    """The site's address on this machine."""
    assert (SITE / "index.html").is_file(), "the site is not built: nox -s book"
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(SITE)))
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="session")
def folder() -> str:
    """The site's address as a folder of files."""
    return SITE.resolve().as_uri()
