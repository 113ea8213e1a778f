"""Search over the whole book: thirty queries that were written before it, and its box."""

from __future__ import annotations

import gzip
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from _ext.stylesheet.expand import plain
from _ext.stylesheet.parser import load
from tests.helpers.finding import find, records
from tests.helpers.tiny import REPOSITORY
from tests.site.conftest import BOOK_PAGES, SITE
from tests.site.looks import opened, violations
from tools.book import Book

HERE = Path(__file__).parent
FIRST, AMONG_THREE = 27, 30  # of the thirty queries
LATER = 8  # of the ten that were written after it, among the first three
HEAVIEST = 6_600  # bytes of the records, compressed, for each page that runs

# A term and a page to which its first result leads.
TERMS = {
    "softargmin": "book/intro/softmin",
    "free energy": "book/ellipse/free-energy",
    "K-means": "book/generative/kmeans",
    "McCulloch": "book/intro/neuron",
}


@pytest.fixture(params=["http", "file"])
def root(request: pytest.FixtureRequest, served: str, folder: str) -> str:
    return served if request.param == "http" else folder


def places(name: str) -> dict[str, int]:
    """Where the place that a reader wants stands in each query's answer; -1 if not at all."""
    queries = json.loads((HERE / name).read_text("utf8"))
    answers = find(SITE, *(one["query"] for one in queries))
    return {one["query"]: _place(one, answer) for one, answer in zip(queries, answers, strict=True)}


def _place(wanted: dict[str, str], answer: Sequence[dict[str, Any]]) -> int:
    words = wanted["section"].split("$")
    title = "".join(plain(one, load()) if k % 2 else one for k, one in enumerate(words))
    for number, one in enumerate(answer):
        there = one["address"] == f"{wanted['page']}.html"
        if there and (one["title"] == title if title else one["kind"] == "page"):
            return number
    return -1


def test_the_thirty_queries_are_answered() -> None:
    found = places("queries.json")
    assert len(found) == AMONG_THREE
    late = {query: place for query, place in found.items() if place != 0}
    assert len(found) - len(late) >= FIRST, late
    assert {query for query, place in late.items() if not 0 <= place < 3} == set()


def test_ten_queries_of_which_the_search_knew_nothing_are_answered() -> None:
    found = places("queries_later.json")
    assert len(found) == 10
    assert len([place for place in found.values() if 0 <= place < 3]) >= LATER, found


def test_the_records_are_light_and_of_every_page() -> None:
    known = records(SITE)
    named = {address.removesuffix(".html") for address, *_ in known["pages"]}
    assert set(BOOK_PAGES) <= named
    file = SITE / "_static" / "search" / "records.js"
    run = len(Book(REPOSITORY).notebooks)
    assert len(gzip.compress(file.read_bytes(), 9)) <= HEAVIEST * run


def test_no_tex_is_among_the_words() -> None:
    numbered = [page for page, (_, _, number, _) in enumerate(records(SITE)["pages"]) if number]
    texts = [one[8] for one in records(SITE)["records"] if one[0] in numbered]
    tex = ("\\frac", "\\mathbf", "\\eE", "\\vx", "\\qquad", "\\begin", "{glue")
    assert [text for text in texts if any(one in text for one in tex)] == []


@pytest.mark.parametrize("term", TERMS)
def test_a_term_leads_to_its_page(browser: Browser, root: str, term: str) -> None:
    with opened(browser, f"{root}/{BOOK_PAGES[2]}.html", "dark-phone", root) as (page, faults):
        page.keyboard.press("/")
        page.keyboard.type(term)
        item = page.locator(f'dialog li:has(a[href*="{TERMS[term]}.html"])').first
        expect(item.locator(".search-sentence")).not_to_be_empty()
        item.locator("a").click()
        page.wait_for_url(f"**/{TERMS[term]}.html*")
        expect(page.locator("h1")).to_be_visible()
        assert faults == []


@pytest.mark.parametrize("look", ["dark-phone", "light-wide"])
def test_the_box_is_sound(browser: Browser, served: str, look: str) -> None:
    with opened(browser, f"{served}/{BOOK_PAGES[2]}.html", look, served) as (page, faults):
        page.keyboard.press("/")
        page.keyboard.type("free energy")
        page.locator("dialog li a").first.wait_for()
        assert violations(page) == []
        assert faults == []
