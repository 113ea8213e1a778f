"""Pointing at a number or a term tells of it; a link to a cell opens what it is folded in."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.helpers.browser import NEEDED
from tests.helpers.tips_book import tips_book

pytestmark = NEEDED


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tips_book(tmp_path_factory.mktemp("tips")).out


@pytest.fixture
def page(browser: Browser, site: Path) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 800, "height": 600}, has_touch=True)
    page = context.new_page()
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("requestfailed", lambda request: faults.append(request.url))
    page.goto((site / "numbers.html").as_uri())
    yield page
    context.close()
    assert faults == []


def test_pointing_at_a_number_tells_where_it_comes_from(page: Page) -> None:
    tip = page.locator("#tip")
    page.locator(".number").first.hover()
    expect(tip).to_contain_text("0.25125, kept within 0.002")
    page.mouse.move(790, 590)
    expect(tip).to_be_hidden()


def test_a_tap_tells_and_the_link_opens_and_marks_the_cell(page: Page) -> None:
    cell = page.locator("details.check .cell")
    expect(cell).to_be_hidden()
    page.locator(".number").nth(2).tap()
    page.locator("#tip a").click()
    expect(cell).to_be_visible()
    assert cell.evaluate("e => e.matches(':target')")
    expect(page.locator("#tip")).to_be_hidden()


def test_a_cell_that_was_closed_again_opens_again(page: Page) -> None:
    page.locator("details.page-numbers > summary").click()
    link = page.locator("#told-numbers-share a").last
    for _ in range(2):
        link.click()
        expect(page.locator("details.check .cell")).to_be_visible()
        page.locator("details.check > summary").click()
        expect(page.locator("details.check .cell")).to_be_hidden()


def test_by_keyboard_the_list_leads_to_number_and_cell(page: Page) -> None:
    page.locator("details.page-numbers > summary").focus()
    page.keyboard.press("Enter")
    for _ in range(2):
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("details.check .cell")).to_be_visible()
    assert page.locator(".number[tabindex], .number[href]").count() == 0


def test_a_term_is_explained_and_still_a_link(page: Page) -> None:
    term = page.locator("a.reference:has(.std-term)")
    term.hover()
    expect(page.locator("#tip")).to_contain_text("A number that is low where")
    term.click()
    page.wait_for_url("**/glossary.html#term-energy")


def test_escape_closes_the_tip(page: Page) -> None:
    page.locator(".number").first.hover()
    expect(page.locator("#tip")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#tip")).to_be_hidden()
