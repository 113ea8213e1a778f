"""A number of the text leads to its value, its tolerance and its cell; print says nothing of it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from bs4 import BeautifulSoup, Tag

from _ext.tips.numbers import written
from tests.helpers.maths_book import Built
from tests.helpers.tips_book import tips_book


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Built:
    return tips_book(tmp_path_factory.mktemp("tips"))


@pytest.fixture(scope="module")
def page(book: Built) -> Tag:
    assert book.warnings == ""
    return BeautifulSoup(book.page("numbers"), "html.parser")


def words(tag: Tag) -> str:
    return " ".join(tag.get_text().split())


def test_each_number_of_the_text_names_what_is_told_of_it(page: Tag) -> None:
    found = page.select("main .number, .body .number, .number")
    assert [one["data-told"] for one in found] == ["numbers-share", "numbers-tiny", "numbers-share"]
    assert [one.get("id") for one in found] == ["number-numbers-share", "number-numbers-tiny", None]


def test_the_list_has_value_tolerance_and_cell(page: Tag) -> None:
    (box,) = page.select("details.page-numbers")
    assert not box.has_attr("open")
    rows = box.select("li")
    assert [one["id"] for one in rows] == ["told-numbers-share", "told-numbers-tiny"]
    assert words(rows[0]) == "0.25 0.25125, kept within 0.002: the cell that computed it"
    assert "\N{MINUS SIGN}2.8 × 10\N{MINUS SIGN}6: the cell" in words(rows[1])


def test_its_links_lead_to_the_number_and_to_the_cell_that_made_it(page: Tag) -> None:
    (row,) = page.select("#told-numbers-share")
    there, cell = (str(link["href"])[1:] for link in row.select("a"))
    assert words(page.select(f"#{there}")[0]) == "0.25"
    (made,) = page.select(f"#{cell}")
    assert "share()" in made.get_text()
    assert made.find_parent("details", class_="check")
    assert len(page.select("[id^=cell-]")) == 2  # a cell that made no number has no place


def test_a_number_on_a_button_is_not_pointed_at(page: Tag) -> None:
    assert page.select("summary .number") == []
    assert "0.25" in page.select("details.check > summary")[0].get_text()


def test_a_page_without_numbers_or_terms_loads_nothing_of_it(book: Built) -> None:
    assert "tips.js" in book.page("numbers")
    assert "tips.js" not in book.page("plain")
    assert "page-numbers" not in book.page("plain")


def test_a_term_tells_what_the_glossary_says(page: Tag) -> None:
    (told,) = page.select(".page-terms [id]")
    link = page.select("a:has(> .std-term)")[0]
    assert str(link["href"]).endswith(str(told["id"]).replace("told-", "#"))
    assert words(told).startswith("A number that is low where")
    assert len(told.select(".katex")) == 1


def test_print_has_the_number_alone(tmp_path: Path) -> None:
    tex = tips_book(tmp_path, "latex").out
    text = "".join(one.read_text("utf8") for one in sorted(tex.glob("*.tex")))
    assert re.search(r"share\s+of \S*0\.25\b", text)
    assert "numbers of this page" not in text


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("0.25", "0.25"),
        ("-3", "\N{MINUS SIGN}3"),
        ("1e-05", "1 × 10<sup>\N{MINUS SIGN}5</sup>"),
        ("a <b>", "a &lt;b&gt;"),
    ],
)
def test_a_value_is_set_as_in_print(value: str, shown: str) -> None:
    assert written(value) == shown
