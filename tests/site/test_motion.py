"""Films move for those who have not asked for less motion, and for nobody else."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, expect

from tests.site.conftest import BOOK_PAGES, SITE
from tests.site.looks import opened

FILMS = [name for name in BOOK_PAGES if (SITE / f"{name}.html").is_file()
         and 'ebm-film' in (SITE / f"{name}.html").read_text("utf8")]  # fmt: skip


def test_the_book_has_films() -> None:
    assert FILMS


@pytest.mark.parametrize("name", FILMS)
@pytest.mark.parametrize("wish", ["reduce", "no-preference"])
def test_a_film_keeps_to_the_readers_wish(
    browser: Browser, served: str, name: str, wish: str
) -> None:
    address = f"{served}/{name}.html"
    with opened(browser, address, "dark-wide", served, reduced_motion=wish) as (page, faults):
        controls = page.locator(".ebm-controls").first
        controls.scroll_into_view_if_needed()
        said = controls.locator("output")
        last = said.text_content()
        page.locator(".ebm-film").first.evaluate("film => film.scrollIntoView({block: 'center'})")
        if wish == "reduce":
            page.wait_for_timeout(600)
            expect(said).to_have_text(last or "")
            expect(controls.get_by_role("button", name=re.compile("^play$"))).to_be_visible()
            controls.get_by_role("button", name="one frame back").click()
            expect(said).not_to_have_text(last or "")
        else:
            expect(controls.get_by_role("button", name="pause")).to_be_visible()
        assert faults == []
