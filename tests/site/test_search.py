"""Search over the whole book, served and from a folder."""

from __future__ import annotations

import json
import re

import pytest
from playwright.sync_api import Browser, expect

from tests.site.conftest import BOOK_PAGES, SITE
from tests.site.looks import opened

# A term and a page that must be among its results.
TERMS = {
    "softargmin": "book/intro/softmin",
    "free energy": "book/ellipse/free-energy",
    "K-means": "book/generative/kmeans",
    "McCulloch": "book/intro/neuron",
}


@pytest.fixture(params=["http", "file"])
def root(request: pytest.FixtureRequest, served: str, folder: str) -> str:
    return served if request.param == "http" else folder


@pytest.mark.parametrize("term", TERMS)
def test_a_term_finds_its_page(browser: Browser, root: str, term: str) -> None:
    with opened(browser, f"{root}/{BOOK_PAGES[2]}.html", "dark-phone", root) as (page, faults):
        page.keyboard.press("/")
        page.keyboard.type(term)
        page.keyboard.press("Enter")
        item = page.locator(f'#search-results li:has(a[href*="{TERMS[term]}.html"])').first
        expect(item.locator("p").last).not_to_be_empty()  # how the page begins
        item.locator("a").first.click()
        expect(page.locator("h1")).to_be_visible()
        assert TERMS[term] in page.url
        assert faults == []


def test_every_page_is_in_the_index_and_no_tex_is() -> None:
    text = (SITE / "searchindex.js").read_text("utf8")
    index = json.loads(re.fullmatch(r"Search\.setIndex\((.*)\)", text, re.S)[1])
    assert set(BOOK_PAGES) <= set(index["docnames"])
    tex = {"frac", "eqref", "mathbf", "eE", "vx", "vy", "qquad", "lVert", "operatornam"}
    assert sorted(tex & set(index["terms"])) == []
