"""What the search knows of a page is what its reader sees, place by place."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.helpers.finding import records
from tests.helpers.maths_book import Built
from tests.helpers.search_book import PAGES, search_book
from tests.helpers.theme_book import theme_book


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    return search_book(tmp_path_factory.mktemp("book"))


@pytest.fixture(scope="module")
def known(built: Built) -> dict[str, Any]:
    return records(built.out)


def row(known: dict[str, Any], title: str) -> dict[str, Any]:
    names = (
        "page",
        "place",
        "kind",
        "title",
        "terms",
        "marked",
        "defined",
        "names",
        "text",
        "called",
    )
    found = [dict(zip(names, one, strict=True)) for one in known["records"] if one[3] == title]
    assert len(found) == 1, title
    return found[0]


def test_a_page_and_its_sections_are_records_in_their_order(known: dict[str, Any]) -> None:
    assert [page[:2] for page in known["pages"]] == [
        ["index.html", "The book"],
        ["lows.html", "Where it is low: valleys"],
        ["highs.html", "Highs"],
    ]
    assert [(one[0], one[2], one[3]) for one in known["records"]] == [
        (0, "page", "The book"),
        (1, "page", "Where it is low: valleys"),
        (1, "section", "What β is"),
        (1, "section", "What the field says"),
        (1, "exercise", "Exercise 1: Mean shift"),
        (1, "solution", "Solution 1: Mean shift"),
        (2, "page", "Highs"),
        (2, "section", "Two ensembles"),
    ]


def test_places_are_anchors_of_the_page(built: Built, known: dict[str, Any]) -> None:
    html = built.page("lows")
    places = [one[1] for one in known["records"] if one[0] == 1]
    assert places[0] == ""
    assert [place for place in places[1:] if f'id="{place}"' not in html] == []


def test_formulas_are_characters_and_no_tex_is_known(known: dict[str, Any]) -> None:
    one = row(known, "What β is")
    assert one["text"] == "A coldness is written β, and F_∞ is the coldest of all."
    assert known["greek"]["β"] == "beta"
    assert not {"qquad", "mathcal", "vz"} & set(one["names"])


def test_symbols_are_known_by_their_names_in_code(known: dict[str, Any]) -> None:
    one = row(known, "What β is")
    assert one["defined"] == ["F_inf"]  # and so not twice among the names
    assert "softmin" in one["names"]  # of a displayed formula
    assert "def" not in one["names"]


def test_terms_are_the_indexs_and_abbreviations(known: dict[str, Any]) -> None:
    assert row(known, "What β is")["terms"] == ["temperature"]
    assert row(known, "What β is")["marked"] == ["coldness"]
    assert row(known, "What the field says")["terms"] == ["adversarial net", "valley", "GAN"]


def test_a_link_with_words_of_its_own_gives_a_name(known: dict[str, Any]) -> None:
    assert row(known, "Where it is low: valleys")["called"] == ["the low road"]


def test_an_exercise_has_its_words_and_its_solution_its_own(known: dict[str, Any]) -> None:
    assert row(known, "Exercise 1: Mean shift")["text"] == "Shift them all."
    assert row(known, "Solution 1: Mean shift")["text"] == "All have shifted."
    assert "shift" not in row(known, "What the field says")["text"].lower()


def test_sphinxs_own_search_has_left_the_site(built: Built) -> None:
    assert not (built.out / "searchindex.js").exists()
    assert [path.name for path in (built.out / "_static").glob("*search*.js")] == []
    assert (built.out / "search.html").is_file()


def test_an_edit_leaves_the_records_of_a_clean_build(tmp_path: Path) -> None:
    first = search_book(tmp_path / "one")
    before = (first.out / "_static/search/records.js").read_bytes()
    pages = {**PAGES, "highs": PAGES["highs"].replace("Nothing", "Little")}
    edited = theme_book(tmp_path / "one", **pages)
    clean = theme_book(tmp_path / "two", **pages)
    after = (edited.out / "_static/search/records.js").read_bytes()
    assert after == (clean.out / "_static/search/records.js").read_bytes()
    assert after != before


def test_a_page_that_went_is_found_no_more(tmp_path: Path) -> None:
    search_book(tmp_path)
    (tmp_path / "highs.md").unlink()
    pages = {name: text for name, text in PAGES.items() if name != "highs"}
    left = records(theme_book(tmp_path, **pages).out)
    assert [page[0] for page in left["pages"]] == ["index.html", "lows.html"]


def test_several_processes_leave_the_same_records(built: Built, tmp_path: Path) -> None:
    parallel = search_book(tmp_path, {"workers": 2})
    there = (parallel.out / "_static/search/records.js").read_bytes()
    assert there == (built.out / "_static/search/records.js").read_bytes()
