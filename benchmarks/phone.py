"""A page of the built site as on a telephone: narrow, and on a CPU slowed down as its would be."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, Page

from tests.helpers.browser import PATIENCE


@contextmanager
def phone(browser: Browser, address: str) -> Iterator[Page]:
    """The page, loaded at full speed; `slow_down` makes what follows slow."""
    context = browser.new_context(viewport={"width": 390, "height": 844})
    page = context.new_page()
    page.set_default_timeout(PATIENCE)
    page.goto(address)
    yield page
    context.close()


def slow_down(page: Page, times: float) -> None:
    """Slow the CPU down so many times."""
    session = page.context.new_cdp_session(page)
    session.send("Emulation.setCPUThrottlingRate", {"rate": times})
