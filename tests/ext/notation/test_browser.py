"""Symbols that explain themselves, in a real browser, from files: pointer, keyboard, touch."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.helpers.browser import NEEDED, until
from tests.helpers.maths_book import build, write

pytestmark = NEEDED
PAGE = r"""# On $\vx$

First $\vz + \vy$, then [a link $\vx$](notation.md), plain $2 + 2$, and $\sz$.

$$ \eE(\vy, \vz) = \norm{\vy - \Dec(\vz)}^2 $$ (eq-e)

With an index: ${\learned{W}}_{ij}$ and $\frac{1}{\sy}$.

$$ 1 + 2 + 3 + 4 + 5 + 6 + 7 + 8 + 9 + 10 + 11 + 12 + 13 + 14 + 15 + 16 + 17 + 18 + 19 + 20 $$

$$ \vx + \vx + \vx + \vx + \vx + \vx + \vx + \vx + \vx + \vx + \vx + \vx + \vx + \vx + \vx + \vz $$
"""
LONG = "# Long\n\n" + "".join(
    f"The energy of number {n} is $\\eE_{{{n}}}(\\vy)$, which is low where the data lies and high "
    f"elsewhere.\n\n$$ \\frac{{\\eE}}{{{n}}} $$ (eq-{n})\n\n"
    for n in range(1, 120)
)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("book")
    pages = {"index": "# I\n", "a": PAGE, "long": LONG}
    built = build(write(root, **pages, notation="# Notation\n\n```{notation}\n```\n"))
    assert built.warnings == ""
    return built.out


@pytest.fixture
def page(browser: Browser, site: Path) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 390, "height": 800}, has_touch=True)
    page = context.new_page()
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("requestfailed", lambda request: faults.append(request.url))
    page.goto((site / "a.html").as_uri())
    yield page
    assert faults == []
    context.close()


def symbol(page: Page, name: str) -> object:
    return page.locator(f"p > .math [data-symbol={name}]").first


def test_hovering_explains_and_leaving_ends_it(page: Page) -> None:
    tip = page.locator("#tip")
    symbol(page, "vz").hover()
    expect(tip).to_be_visible()
    expect(tip).to_contain_text("latent vector")
    expect(tip).to_contain_text("latent: never observed, always inferred")
    expect(tip).to_contain_text("in code z")
    tip.hover()  # it may be reached
    page.wait_for_timeout(500)
    expect(tip).to_be_visible()
    page.mouse.move(380, 790)
    expect(tip).to_be_hidden()


def test_the_tip_stays_in_the_window_and_links_to_its_row(page: Page) -> None:
    symbol(page, "sz").hover()
    tip = page.locator("#tip")
    expect(tip).to_be_visible()
    box = tip.bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 390
    tip.get_by_role("link", name="notation").click()
    page.wait_for_url("**/notation.html#symbol-sz")
    assert page.locator("#symbol-sz").bounding_box()["y"] < 800


def test_a_letter_of_a_role_and_a_letter_in_a_fraction(page: Page) -> None:
    page.locator("p > .math .c-purple:not([data-symbol])").first.hover()
    tip = page.locator("#tip")
    expect(tip).to_contain_text("changed by training")
    assert tip.get_by_role("link").get_attribute("href").endswith("notation.html#role-learned")
    symbol(page, "sy").hover()  # nothing invisible lies over it
    expect(tip).to_contain_text("scalar target")


def test_a_tap_near_a_symbol_is_enough(page: Page) -> None:
    box = symbol(page, "vz").bounding_box()
    page.touchscreen.tap(box["x"] + box["width"] / 2, box["y"] + box["height"] + 5)
    expect(page.locator("#tip")).to_contain_text("latent vector")
    page.touchscreen.tap(380, 790)
    expect(page.locator("#tip")).to_be_hidden()


def test_one_tab_stop_a_formula_and_arrows_within(page: Page) -> None:
    stops = "[...document.querySelectorAll('[role=main] *, .body *')].filter(e => e.tabIndex >= 0)"
    # Title, its permalink, the page's symbols, a sum, a link, one symbol, a display and its
    # permalink, two in a line, a wide one without symbols, a wide one with some.
    wanted = "math a button math a math math a math math div math"
    until(page, f"{stops}.map(e => e.localName).join(' ') === '{wanted}'")
    tip, said = page.locator("#tip"), page.locator("[role=status].maths-said")
    while page.evaluate("document.activeElement.closest?.('p > .math') == null"):
        page.keyboard.press("Tab")
    expect(tip).to_contain_text("latent vector")
    expect(said).to_be_empty()  # the formula itself is read; more only if it is asked for
    page.keyboard.press("ArrowRight")
    expect(tip).to_contain_text("target")
    expect(said).to_have_text("y: target; target: observed in training, inferred in use; "
                              "in ℝ^m; in code, y")  # fmt: skip
    page.keyboard.press("ArrowRight")  # the last one stays
    expect(tip).to_contain_text("target")
    page.keyboard.press("Home")
    expect(tip).to_contain_text("latent vector")
    page.keyboard.press("Escape")
    expect(tip).to_be_hidden()
    assert page.evaluate("document.activeElement.localName") == "math"
    page.keyboard.press("End")
    page.keyboard.press("Enter")
    page.wait_for_url("**/notation.html#symbol-vy")


def test_arrows_bring_a_symbol_of_a_wide_formula_into_view(page: Page) -> None:
    box = page.locator(".maths-box").last
    box.locator("math").focus()
    assert box.evaluate("e => e.scrollLeft") == 0
    page.keyboard.press("End")
    expect(page.locator("#tip")).to_contain_text("latent vector")
    until(page, "[...document.querySelectorAll('.maths-box')].at(-1).scrollLeft > 50")
    expect(box).to_have_attribute("data-more", "start")


def test_a_wide_formula_scrolls_in_its_own_box(page: Page) -> None:
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    boxes = page.locator(".maths-box")
    expect(boxes.nth(1)).to_have_attribute("tabindex", "0")  # no symbol in it to be focused
    expect(boxes.nth(1)).to_have_attribute("data-more", "end")
    page.add_style_tag(content=".symbols { display: none !important }")  # it takes room beside
    page.set_viewport_size({"width": 1280, "height": 800})
    expect(boxes.nth(1)).not_to_have_attribute("tabindex", "0")


def test_nothing_focusable_is_hidden_from_a_screen_reader(page: Page) -> None:
    hidden = "[aria-hidden=true]"
    assert page.evaluate(f"[...document.querySelectorAll('{hidden} *')].every(e => e.tabIndex < 0)")
    assert page.locator("math[tabindex]").first.get_attribute("aria-describedby") == "symbol-hint"


def test_without_a_script_the_maths_is_the_same(browser: Browser, site: Path, page: Page) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 800}, java_script_enabled=False)
    silent = context.new_page()
    silent.goto((site / "a.html").as_uri())
    for place in ("p > .math >> nth=0", "div.math >> nth=0"):
        assert silent.locator(place).bounding_box() == page.locator(place).bounding_box()
    context.close()


def test_a_theme_recolours_by_css_alone(page: Page) -> None:
    colour = "e => getComputedStyle(e).color"
    letter = page.locator(".c-orange").first
    assert letter.evaluate(colour) == "rgb(190, 67, 3)"
    page.evaluate("document.documentElement.dataset.theme = 'dark'")
    assert letter.evaluate(colour) == "rgb(232, 145, 8)"
    page.evaluate("delete document.documentElement.dataset.theme")
    page.emulate_media(color_scheme="dark")
    assert letter.evaluate(colour) == "rgb(232, 145, 8)"
    page.emulate_media(media="print")
    assert letter.evaluate(colour) == "rgb(190, 67, 3)"


def test_what_is_far_is_not_laid_out_and_anchors_still_land(page: Page, site: Path) -> None:
    page.goto((site / "long.html").as_uri() + "#equation-eq-90")
    top = "document.getElementById('equation-eq-90').getBoundingClientRect().top"
    until(page, f"-5 < {top} && {top} < 200")
    far = page.locator("#equation-eq-10 .katex-html")
    assert not far.evaluate("e => e.checkVisibility({contentVisibilityAuto: true})")
    guessed = page.evaluate("document.documentElement.scrollHeight")
    page.add_style_tag(
        content=".maths-box, .maths-lines { content-visibility: visible !important }"
    )
    true = page.evaluate("document.documentElement.scrollHeight")
    assert abs(guessed - true) < 0.25 * true  # 2 % in the book itself: the scroll bar does not jump


@pytest.mark.parametrize("scripts", [True, False])
def test_the_pages_symbols_stand_in_the_margin_or_open_as_a_sheet(
    browser: Browser, site: Path, scripts: bool
) -> None:
    context = browser.new_context(java_script_enabled=scripts)
    page = context.new_page()
    page.set_viewport_size({"width": 1280, "height": 900})
    page.goto((site / "a.html").as_uri())
    sheet, button = page.locator(".symbols"), page.locator(".symbols-open")
    expect(sheet).to_be_visible()
    expect(button).to_be_hidden()
    page.set_viewport_size({"width": 390, "height": 844})
    expect(sheet).to_be_hidden()
    button.click()
    expect(sheet).to_be_visible()
    page.keyboard.press("Escape")
    expect(sheet).to_be_hidden()
    context.close()
