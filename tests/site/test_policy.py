"""A script planted into a page does not run, and nothing is asked elsewhere: in three engines."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from _ext.theme.policy import META
from tests.helpers.browser import served
from tests.site.browsers import missing
from tests.site.conftest import BOOK_PAGES, SITE
from tests.site.drivers import DRIVERS

PAGE = BOOK_PAGES[1]
MAIN = '<main id="main-content"'
PLANTED = """
<base href="https://elsewhere.example/">
<script>window.planted = "a script";</script>
<script src="data:text/javascript,window.planted='a script in an address'"></script>
<img src="nothing.png" onerror="window.planted = 'onerror'" alt="">
<img src="https://elsewhere.example/one.png" alt="">
<button id="pressed" onclick="window.planted = 'onclick'">press</button>
<a id="led" href="javascript:void(window.planted = 'a link')">follow</a>
"""
PRESS = "document.getElementById('pressed').click(); document.getElementById('led').click();"
TOLD = "[document.documentElement.className.split(' ').slice(0, 2).join(' '), window.planted ?? '']"
SAFE = ["scripted ready", ""]


@pytest.fixture(scope="module")
def planted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder like the site's, with one page that somebody has tampered with, and its twin
    without a policy, in which all of it runs."""
    root = tmp_path_factory.mktemp("planted")
    (root / "_static").symlink_to((SITE / "_static").resolve())
    page = (SITE / f"{PAGE}.html").read_text("utf8").replace(MAIN, PLANTED + MAIN, 1)
    assert PLANTED in page
    folder = (root / PAGE).parent
    folder.mkdir(parents=True)
    (folder / "ruled.html").write_text(page, "utf8")
    (folder / "free.html").write_text(page.replace(META, ""), "utf8")
    return folder


@pytest.fixture(scope="module")
def addresses(planted: Path) -> Iterator[dict[str, str]]:
    root = planted.parents[len(Path(PAGE).parts) - 2]
    folder = planted.relative_to(root).as_posix()
    with served(root) as address:
        yield {"http": f"{address}/{folder}", "file": planted.as_uri()}


@pytest.mark.parametrize("way", ["http", "file"])
def test_chromium_runs_nothing_planted(
    browser: Browser, addresses: dict[str, str], way: str
) -> None:
    asked: list[str] = []
    context = browser.new_context()
    elsewhere = "https://elsewhere.example/**"
    context.route(elsewhere, lambda route: (asked.append(route.request.url), route.abort()))
    page = context.new_page()
    page.goto(f"{addresses[way]}/ruled.html")
    page.evaluate(PRESS)
    page.wait_for_timeout(100)
    assert page.evaluate(TOLD) == SAFE
    assert asked == []
    page.goto(f"{addresses[way]}/free.html")
    assert page.evaluate("window.planted")  # so it was the policy
    assert asked
    context.close()


@pytest.fixture(scope="module", params=DRIVERS)
def run(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Callable[[str, str], object]]:
    """Open an address in Firefox or WebKit and return a script's value."""
    if missing(request.param):
        pytest.skip(f"{', '.join(missing(request.param))} is not installed")
    with DRIVERS[request.param](tmp_path_factory.mktemp("profile")) as session:

        def opened(address: str, script: str) -> object:
            session.goto(address)
            return session.run(script)

        yield opened


@pytest.mark.parametrize("way", ["http", "file"])
def test_other_engines_run_nothing_planted(
    run: Callable[[str, str], object], addresses: dict[str, str], way: str
) -> None:
    assert run(f"{addresses[way]}/ruled.html", f"{PRESS} return {TOLD};") == SAFE
    assert run(f"{addresses[way]}/free.html", "return window.planted;")
