"""The tiny book with live figures, built once, and its pages in a browser."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from tests.helpers.browser import PATIENCE, served
from tests.helpers.live_book import live_book
from tests.helpers.maths_book import Built


@pytest.fixture(scope="session")
def book(tmp_path_factory: pytest.TempPathFactory) -> Built:
    return live_book(tmp_path_factory.mktemp("live"))


@pytest.fixture(scope="module")
def address(book: Built) -> Iterator[str]:
    with served(book.out) as found:
        yield found


Opened = Callable[..., Any]


@pytest.fixture
def opened(browser: Browser) -> Opened:
    """(address, how the context is) -> a page whose figure is ready; nothing may go wrong."""

    @contextmanager
    def open_page(at: str, ready: bool = True, **how: Any) -> Iterator[Page]:
        context = browser.new_context(**{"viewport": {"width": 1280, "height": 900}, **how})
        page, faults = context.new_page(), list[str]()
        page.on("console", lambda said: faults.append(said.text) if said.type == "error" else None)
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.set_default_timeout(PATIENCE)
        page.goto(at)
        if ready:
            page.wait_for_selector(".ebm-ready")
        yield page
        context.close()
        assert faults == []

    return open_page
