"""The look in a real browser: no flash, a choice that stays, all by keyboard, nothing too wide."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Request, expect

from tests.helpers.browser import NEEDED
from tests.helpers.browser import served as serving
from tests.helpers.theme_book import theme_book

pytestmark = NEEDED
# When the theme was set, when the body came, when something was painted: in this order.
WATCH = """
  window.seen = [];
  const root = () => document.documentElement;
  new MutationObserver(() => {
    if (root()?.dataset.theme !== window.seen.at(-1)?.[1] && root()?.dataset.theme)
      window.seen.push([performance.now(), root().dataset.theme, !!document.body]);
  }).observe(document, {attributes: true, subtree: true, childList: true});
"""
DARK, LIGHT = "rgb(18, 18, 18)", "rgb(255, 255, 255)"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    built = theme_book(tmp_path_factory.mktemp("book"))
    assert built.warnings == ""
    return built.out


@pytest.fixture(scope="module")
def served(site: Path) -> Iterator[str]:
    with serving(site) as address:
        yield address


def opened(context: BrowserContext, address: str, faults: list[str]) -> Page:
    """A page whose errors, failed and foreign requests are gathered."""
    page = context.new_page()
    page.add_init_script(WATCH)
    page.on("console", lambda m: faults.append(m.text) if m.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("requestfailed", lambda request: _failed(request, faults))
    page.goto(address)
    return page


def _failed(request: Request, faults: list[str]) -> None:
    if "ERR_ABORTED" not in (request.failure or ""):  # the page was left before it came
        faults.append(request.url)


@pytest.fixture(params=["file", "http"])
def root(request: pytest.FixtureRequest, site: Path, served: str) -> str:
    return site.as_uri() if request.param == "file" else served


@pytest.fixture
def faults() -> Iterator[list[str]]:
    found: list[str] = []
    yield found
    assert found == []


@pytest.fixture
def visit(browser: Browser, site: Path, faults: list[str]) -> Iterator[Callable[..., Page]]:
    """Open a page, of the folder if it is named alone, in a window of its own that is closed."""
    contexts: list[BrowserContext] = []

    def visited(address: str, width: int = 1280, **settings: Any) -> Page:
        at = address if ":" in address else (site / f"{address}.html").as_uri()
        contexts.append(browser.new_context(viewport={"width": width, "height": 800}, **settings))
        return opened(contexts[-1], at, faults)

    yield visited
    for context in contexts:
        context.close()


def ground(page: Page) -> str:
    return str(page.evaluate("getComputedStyle(document.body).backgroundColor"))


def set_once(page: Page) -> str:
    """The theme, which was set once, before there was a body to paint."""
    seen = page.evaluate("window.seen")
    assert len(seen) == 1, seen
    assert seen[0][2] is False
    return str(seen[0][1])


@pytest.mark.parametrize(("system", "other"), [("dark", "light"), ("light", "dark")])
def test_a_choice_stays_and_does_not_flash(
    visit: Callable[..., Page], root: str, system: str, other: str
) -> None:
    page = visit(f"{root}/one.html", color_scheme=system)
    assert set_once(page) == system
    assert ground(page) == (DARK if system == "dark" else LIGHT)
    page.get_by_role("button", name="Light or dark").click()
    assert ground(page) == (LIGHT if system == "dark" else DARK)
    for address in ("one.html", "two.html"):
        page.goto(f"{root}/{address}")
        assert set_once(page) == other
    page.get_by_role("button", name="Light or dark").click()
    page.emulate_media(color_scheme=other)  # as chosen like the system, it follows the system
    expect(page.locator("html")).to_have_attribute("data-theme", other)


@pytest.mark.parametrize("system", ["dark", "light"])
def test_without_scripts_the_system_decides_and_all_can_be_read(
    browser: Browser, site: Path, faults: list[str], system: str
) -> None:
    context = browser.new_context(
        color_scheme=system, java_script_enabled=False, viewport={"width": 390, "height": 800}
    )
    page = context.new_page()
    page.goto((site / "one.html").as_uri())
    page.screenshot()
    theme_button = page.locator('[data-action="theme"]')
    expect(theme_button).to_be_hidden()
    page.get_by_role("button", name="Contents", exact=True).click()
    expect(page.get_by_role("link", name="Page two").first).to_be_visible()
    page.keyboard.press("Escape")
    page.locator("details.solution > summary").click()
    expect(page.get_by_text("Done, with")).to_be_visible()
    context.close()


@pytest.mark.parametrize("width", [320, 390, 768, 1280])
@pytest.mark.parametrize("name", ["index", "one", "two", "search"])
def test_nothing_is_wider_than_the_window(
    visit: Callable[..., Page], name: str, width: int
) -> None:
    page = visit(name, width)
    page.evaluate("document.querySelectorAll('details').forEach((box) => (box.open = true))")
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_lines_are_of_a_length_to_read(visit: Callable[..., Page]) -> None:
    page = visit("two")
    lines = page.evaluate("""() => {
      const text = document.querySelector("section p").firstChild, range = document.createRange();
      const tops = new Map();
      for (let i = 0; i < text.length; i++) {
        range.setStart(text, i); range.setEnd(text, i + 1);
        const top = Math.round(range.getBoundingClientRect().top);
        tops.set(top, (tops.get(top) ?? 0) + 1);
      }
      return [...tops.values()].slice(0, -2);
    }""")
    assert len(lines) > 5
    assert all(60 <= length <= 78 for length in lines), lines


def test_the_keyboard_reaches_everything(visit: Callable[..., Page]) -> None:
    page = visit("one")
    wanted = page.evaluate("""() => {
      const all = [...document.querySelectorAll(
        "a[href], button, summary, input, .highlight pre, .pst-scrollable-table-container")];
      const seen = all.filter((one) => one.checkVisibility({visibilityProperty: true})
        && (!one.matches("pre, div") || one.scrollWidth > one.clientWidth + 1));
      seen.forEach((one, number) => (one.dataset.number = number));
      return seen.length;
    }""")
    reached = set()
    for _ in range(2 * wanted):
        page.keyboard.press("Tab")
        reached.add(page.evaluate("document.activeElement?.dataset.number"))
    assert {str(number) for number in range(wanted)} <= reached


def test_the_first_tab_skips_to_the_text(visit: Callable[..., Page]) -> None:
    page = visit("one", width=390)
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the text")).to_be_in_viewport()
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main-content"


def test_boxes_open_by_keyboard_and_the_menu_closes(visit: Callable[..., Page]) -> None:
    page = visit("one", width=390)
    page.locator("details.hide > summary").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("Hide the code")).to_be_visible()
    page.get_by_role("button", name="Run or download this page").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("Print, or save as PDF")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_text("Print, or save as PDF")).to_be_hidden()


def test_code_is_copied(visit: Callable[..., Page], root: str) -> None:
    page = visit(f"{root}/one.html", permissions=["clipboard-read", "clipboard-write"])
    page.locator(".highlight").first.hover()
    page.get_by_role("button", name="Copy").first.click()
    expect(page.get_by_role("button", name="Copied")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()").startswith("loss = model(y, z)")


def test_the_contents_say_which_section_is_read(visit: Callable[..., Page]) -> None:
    page = visit("two")
    page.get_by_role("link", name="Part 2").first.click()
    expect(page.locator('.sections [aria-current="true"]')).to_have_text("Part 2")


def test_paper_shows_what_is_folded_and_no_more_than_the_text(visit: Callable[..., Page]) -> None:
    page = visit("one", color_scheme="dark")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    expect(page.get_by_text("Done, with")).to_be_visible()
    expect(page.locator(".bar")).to_be_hidden()
    expect(page.locator("#contents")).to_be_hidden()
    assert page.evaluate("getComputedStyle(document.body).color") == "rgb(0, 0, 0)"
    page.emulate_media(media="screen")
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    expect(page.get_by_text("Done, with")).to_be_hidden()


def test_without_a_wish_for_motion_nothing_moves(visit: Callable[..., Page]) -> None:
    page = visit("one", reduced_motion="reduce")
    moving = page.evaluate("""[...document.querySelectorAll("*")].filter((one) =>
      parseFloat(getComputedStyle(one).transitionDuration) > 0
      || getComputedStyle(one).animationName !== "none").length""")
    assert moving == 0
