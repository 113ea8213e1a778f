"""Every page, dark and light, wide and phone: two visits, many questions.

A dark visit opens the page on a phone, turns wide and back, when nothing may be off the screen of
a phone, and not of a small one; a light visit goes the other way. One run of
axe-core takes seconds whatever it is asked, so there is one a visit: dark on a phone and light on
a wide screen, which keeps every rule at both widths and contrast in both themes. The reference
pages of the library are of one kind, so axe reads the longest of them. The light visit goes on:
the theme is chosen and kept, the keyboard walks through the page, the page is enlarged.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from tests.site.conftest import BOOK_PAGES, all_pages
from tests.site.looks import opened, palette, resize, sheet, violations
from tests.site.phone import SMALL, off

NOTHING: dict[str, Any] = {
    "wide": 0, "heads": 1, "small": [], "maths": [], "markup": [], "figures": [], "cut": [],
    "moving": 0, "errors": 0, "unnamed": 0,
}  # fmt: skip
LATE = 80  # stops that scripts add as one comes near: the controls and cells of a live figure


VISITS = {"dark": ("phone", "wide"), "light": ("wide", "phone")}
# Reference pages come from one template: all but the heaviest, which stands first.
ALIKE = {name for name in all_pages() if "/api/" in name} - {
    next((name for name in all_pages() if "/api/" in name), "")
}


@pytest.mark.parametrize("theme", VISITS)
@pytest.mark.parametrize("name", all_pages())
def test_a_page_is_sound(browser: Browser, served: str, name: str, theme: str) -> None:
    first, then = (f"{theme}-{width}" for width in VISITS[theme])
    with opened(browser, f"{served}/{name}.html", first, served) as (page, faults):
        assert page.evaluate("probe.themes") == [{"theme": theme, "late": False}]
        facts = page.evaluate("sheet => probe.facts(sheet)", sheet(theme))
        assert {key: facts[key] for key in NOTHING} == NOTHING
        assert _turns(facts, served) == _expected(name)
        if name not in ALIKE:
            assert violations(page) == []
        resize(page, then)
        facts = page.evaluate("sheet => probe.facts(sheet)", sheet(theme))
        assert {key: facts[key] for key in NOTHING} == NOTHING
        resize(page, first)
        if theme == "light":
            _use(page)
        elif name in BOOK_PAGES:
            assert off(page) == {}
            page.set_viewport_size(SMALL)
            assert off(page, "small") == {}
        assert faults == []


@pytest.mark.parametrize("part", ["munder", "mfrac", "msub"])
def test_a_formula_that_lacks_a_part_is_told(browser: Browser, served: str, part: str) -> None:
    with opened(browser, f"{served}/book/backprop/graph.html", "dark-wide", served) as (page, _):
        page.evaluate("part => document.querySelector(`math ${part}`).lastChild.remove()", part)
        (found,) = page.evaluate("sheet => probe.facts(sheet)", sheet("dark"))["markup"]
    assert found.startswith(f"<{part}> of 1: ")


def test_a_symbol_that_lost_its_colour_is_told(browser: Browser, served: str) -> None:
    with opened(browser, f"{served}/book/backprop/graph.html", "dark-wide", served) as (page, _):
        page.evaluate("""for (const one of document.querySelectorAll('.katex-html [class*="c-"]'))
            one.className = one.className.replace(/c-[a-z]+/, "")""")
        found = page.evaluate("sheet => probe.facts(sheet)", sheet("dark"))["maths"]
    assert any(one.startswith("vx is rgb(") for one in found), found


def test_code_that_is_cut_is_told(browser: Browser, served: str) -> None:
    with opened(browser, f"{served}/book/backprop/graph.html", "dark-wide", served) as (page, _):
        assert page.evaluate("probe.cutCode()") == []
        page.evaluate(
            "document.querySelector('.cell_input:not(details *) pre').append('x'.repeat(150))"
        )
        assert len(page.evaluate("probe.cutCode()")) == 1


@pytest.mark.parametrize("look", ["dark-phone", "light-phone", "dark-wide", "light-wide"])
def test_what_opens_over_a_page_is_sound(browser: Browser, served: str, look: str) -> None:
    with opened(browser, f"{served}/book/backprop/graph.html", look, served) as (page, faults):
        for name in ("Contents", "Run or download this page"):
            button = page.get_by_role("button", name=name, exact=True)
            if not button.is_visible():
                assert (name, look[-4:]) == ("Contents", "wide")  # there it stands beside the page
                continue
            button.click()
            assert violations(page) == []
            page.keyboard.press("Escape")
        page.goto(f"{served}/search.html?q=softargmin")
        page.locator(".search-results li a").first.wait_for()
        assert violations(page) == []
        assert faults == []


def _turns(facts: dict[str, Any], served: str) -> tuple[str, str]:
    previous, following = (facts[key].removeprefix(f"{served}/") for key in ("previous", "next"))
    return previous.removesuffix(".html"), following.removesuffix(".html")


def _expected(name: str) -> tuple[str, str]:
    """The page before and the page after; the home page leads on by its start alone."""
    if name not in BOOK_PAGES:
        return "", ""
    place = BOOK_PAGES.index(name)
    if not place:
        return "", next(page for page in BOOK_PAGES[1:] if "/parts/" not in page)
    return BOOK_PAGES[place - 1], [*BOOK_PAGES, ""][place + 1]


def _use(page: Page) -> None:
    assert page.evaluate("probe.cutCode()") == []
    _choose_the_other_theme(page)
    assert _walk(page) == {"missed": [], "unmarked": [], "hidden": []}
    words = page.evaluate("probe.words()")
    for zoom in (2, 4):  # as a browser's zoom does: fewer CSS pixels
        page.set_viewport_size({"width": 1280 // zoom, "height": 900 // zoom})
        wide = page.evaluate("document.scrollingElement.scrollWidth")
        assert wide <= 1280 // zoom, f"scrolls sideways at {zoom}00 %"
        assert page.evaluate("probe.cutOff()") == []
        assert page.evaluate("probe.words()") == words
        assert all(button.is_visible() for button in page.locator(".bar-buttons > *").all())
    page.get_by_role("button", name="Contents", exact=True).click()
    assert page.locator("#contents .tree a").first.is_visible()


def _choose_the_other_theme(page: Page) -> None:
    ground = "getComputedStyle(document.body).backgroundColor"
    dark, light = (f"rgb({palette(theme)['ground']})" for theme in ("dark", "light"))
    assert page.evaluate(ground) == light
    page.get_by_role("button", name="Light or dark").click()
    assert page.evaluate(ground) == dark
    page.reload()
    assert page.evaluate("probe.themes") == [{"theme": "dark", "late": False}]
    assert page.evaluate(ground) == dark


def _walk(page: Page) -> dict[str, list[str]]:
    """Press Tab until the page has been walked through, and leave where that led."""
    stops = page.evaluate("probe.startWalk()")
    for step in range(1, stops + LATE):
        page.keyboard.press("Tab")
        if step > stops and page.evaluate("probe.walk.round"):
            break
    found: dict[str, list[str]] = page.evaluate("probe.endWalk()")
    page.evaluate("document.activeElement.blur()")  # it may have led round to the skip link
    return found


@pytest.mark.parametrize("name", all_pages())
def test_a_page_reads_from_a_folder_and_without_scripts(
    browser: Browser, taken: Path, name: str
) -> None:
    own = taken.as_uri()
    address = f"{own}/{name}.html"
    with opened(browser, address, "dark-wide", own) as (page, faults):
        assert page.evaluate("document.documentElement.className").startswith("scripted ready")
        words = page.evaluate("probe.words()")
        assert page.locator("h1").count() == 1
        assert page.locator(".katex-error").count() == 0
        assert [path for path in _local(page) if not path.is_file()] == []
        assert faults == []
    silent = opened(browser, address, "dark-wide", own, java_script_enabled=False)
    with silent as (page, faults):
        assert page.locator("h1").is_visible()
        ground = page.evaluate("getComputedStyle(document.body).backgroundColor")
        assert ground == f"rgb({palette('dark')['ground']})"
        if name != "search":
            assert _words(page) == words
        assert faults == []


LINKS = """[...document.links].map(a => new URL(a.href))
  .filter(url => url.protocol === 'file:').map(url => decodeURI(url.pathname))"""


def _local(page: Page) -> list[Path]:
    """The files that a page leads to."""
    links = page.evaluate(LINKS)
    return [Path(link) for link in sorted(set(links))]


def _words(page: Page) -> str:
    from tests.site.looks import PROBE

    page.evaluate(PROBE)  # an init script does not run where scripts are off
    return str(page.evaluate("probe.words()"))
