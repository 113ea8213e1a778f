"""The box in a real browser: opened by keys, answering while one types, leading to the place."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.helpers.browser import NEEDED, until
from tests.helpers.browser import served as serving
from tests.helpers.search_book import search_book

pytestmark = NEEDED


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    built = search_book(tmp_path_factory.mktemp("book"))
    assert built.warnings == ""
    return built.out


@pytest.fixture(scope="module")
def served(site: Path) -> Iterator[str]:
    with serving(site) as address:
        yield address


@pytest.fixture(params=["file", "http"])
def root(request: pytest.FixtureRequest, site: Path, served: str) -> str:
    return site.as_uri() if request.param == "file" else served


@pytest.fixture
def visit(browser: Browser, root: str) -> Iterator[Callable[..., Page]]:
    """A page of the book; at the end it must have told of no error."""
    faults: list[str] = []
    context = browser.new_context(viewport={"width": 1280, "height": 800})

    def open_page(name: str) -> Page:
        page = context.new_page()
        page.on("console", lambda m: faults.append(m.text) if m.type == "error" else None)
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.goto(f"{root}/{name}")
        return page

    yield open_page
    context.close()
    assert faults == []


@pytest.mark.parametrize("key", ["/", "Control+k", "Meta+k"])
def test_a_key_opens_it_and_escape_gives_the_page_back(
    visit: Callable[..., Page], key: str
) -> None:
    page = visit("highs.html")
    page.keyboard.press(key)
    box = page.get_by_role("dialog", name="Search")
    expect(box.get_by_role("searchbox", name="Search the book")).to_be_focused()
    page.keyboard.press("Escape")
    expect(box).to_be_hidden()


def test_it_finds_while_one_types_and_marks_the_words(visit: Callable[..., Page]) -> None:
    page = visit("highs.html")
    page.get_by_role("link", name="Search").last.click()
    page.keyboard.type("disagre")
    item = page.locator("dialog li").first
    expect(item).to_contain_text("Two ensembles")
    expect(item).to_contain_text("Ensembles disagree about valleys.")
    expect(item.locator("mark")).to_have_text(["disagree"])
    expect(page.get_by_role("status")).to_have_text("1 place")


def test_arrows_and_enter_lead_to_the_place(visit: Callable[..., Page]) -> None:
    page = visit("highs.html")
    page.keyboard.press("/")
    page.keyboard.type("valleys")
    expect(page.locator("dialog li")).to_have_count(7)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    expect(page.locator("dialog li a").nth(1)).to_be_focused()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    expect(page.get_by_role("searchbox")).to_be_focused()
    page.keyboard.press("Control+a")
    page.keyboard.type("temperature")
    page.keyboard.press("Enter")
    page.wait_for_url("**/lows.html#what-beta-is")


def test_a_place_of_this_page_closes_the_box(visit: Callable[..., Page]) -> None:
    page = visit("lows.html")
    page.keyboard.press("/")
    page.keyboard.type("beta")
    page.locator("dialog li a").first.click()
    expect(page.get_by_role("dialog")).to_be_hidden()
    assert page.url.endswith("#what-beta-is")


def test_what_is_not_found_is_said(visit: Callable[..., Page]) -> None:
    page = visit("lows.html")
    page.keyboard.press("/")
    page.keyboard.type("zebra")
    expect(page.get_by_role("status")).to_contain_text("Nothing found")
    page.keyboard.press("Control+a")
    page.keyboard.press("Delete")
    expect(page.get_by_role("status")).to_have_text("")


def test_the_old_address_answers(visit: Callable[..., Page]) -> None:
    page = visit("search.html?q=ensmble")
    expect(page.locator("main li a").first).to_contain_text("Two ensembles")
    page.keyboard.press("Control+k")
    expect(page.get_by_role("searchbox")).to_be_focused()
    expect(page.locator("dialog")).to_have_count(0)


def test_no_page_loads_the_index_before_it_is_asked(visit: Callable[..., Page]) -> None:
    page = visit("lows.html")
    page.keyboard.press("Escape")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url.rpartition("/")[2]))
    assert not page.evaluate("'bookRecords' in window")
    page.keyboard.press("/")
    until(page, "'bookRecords' in window && 'bookSearch' in window")
    assert {"records.js", "library.js", "words.js", "engine.js"} <= set(asked)


def test_without_scripts_it_leads_to_words(browser: Browser, site: Path) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto((site / "highs.html").as_uri())
    page.screenshot()  # else Chromium may wait for ever for a frame
    page.locator("#contents").get_by_role("link", name="Search").click()
    page.wait_for_url("**/search.html")
    page.screenshot()
    expect(page.get_by_text("Searching needs JavaScript")).to_be_visible()
    link = page.get_by_role("link", name="index", exact=True)
    expect(link).to_have_attribute("href", "genindex.html")
    context.close()
