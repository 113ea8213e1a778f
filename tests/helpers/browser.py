"""Chromium for the tests, and folders served to it: one place for how both are started."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tools.machine import chromium

CHROMIUM = chromium()
FLAGS = [
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
]
PATIENCE = 120_000  # milliseconds: a slow machine may be busy with other tests
NEEDED = [
    pytest.mark.site,
    pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed"),
]
expect.set_options(timeout=PATIENCE)


class Quiet(SimpleHTTPRequestHandler):
    """Serves without a line for each request."""

    protocol_version = "HTTP/1.1"  # one connection serves many requests

    def log_message(self, *_: object) -> None:
        """Says nothing."""


@contextmanager
def launched() -> Iterator[Browser]:
    assert CHROMIUM, "Chromium is not installed (Debian: apt-get install chromium)"
    with sync_playwright() as playwright:
        how = {"executable_path": CHROMIUM, "args": FLAGS, "timeout": PATIENCE}
        browser = playwright.chromium.launch(**how)
        yield browser
        browser.close()


def until(page: Page, expression: str) -> None:
    """Wait for an expression to be true: Playwright's own waiting breaks under our policy."""
    end = time.monotonic() + PATIENCE / 1000
    while not page.evaluate(expression):
        assert time.monotonic() < end, f"{expression} did not become true"
        page.wait_for_timeout(20)


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """The address at which a folder is served on this machine."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder)))
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
