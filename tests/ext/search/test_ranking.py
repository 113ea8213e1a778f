"""What comes first: by name, then by words; endings, beginnings and typing errors are forgiven."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.helpers.finding import find
from tests.helpers.search_book import search_book

FIRST = {
    "valleys": ("lows.html", ""),  # its title, and others only speak of them
    "low road": ("lows.html", ""),  # as a link calls it
    "lows": ("lows.html", ""),  # as its address says
    "beta": ("lows.html", "what-beta-is"),
    "β": ("lows.html", "what-beta-is"),
    "F_inf": ("lows.html", "what-beta-is"),
    "Finf": ("lows.html", "what-beta-is"),
    "temperature": ("lows.html", "what-beta-is"),
    "gan": ("lows.html", "what-the-field-says"),
    "mean shift": ("lows.html", "ex-lows"),
    "ensemble": ("highs.html", "two-ensembles"),  # with another ending
    "ensem": ("highs.html", "two-ensembles"),  # while one types
    "ensmble": ("highs.html", "two-ensembles"),
    "k-means++": ("highs.html", ""),
    "kmeans": ("highs.html", ""),
    "What is the coldest of all?": ("lows.html", "what-beta-is"),
}


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[tuple[str, str]]]:
    site: Path = search_book(tmp_path_factory.mktemp("book")).out
    asked = [*FIRST, "", "?", "valleys unheard", "zebra"]
    answers = find(site, *asked)
    pairs = zip(asked, answers, strict=True)
    return {query: [(one["address"], one["place"]) for one in all] for query, all in pairs}


@pytest.mark.parametrize("query", FIRST)
def test_a_place_comes_first(found: dict[str, list[tuple[str, str]]], query: str) -> None:
    assert found[query][:1] == [FIRST[query]]


def test_a_place_comes_once(found: dict[str, list[tuple[str, str]]]) -> None:
    assert all(len(set(places)) == len(places) for places in found.values())


def test_a_word_that_nobody_knows_does_not_hide_the_others(
    found: dict[str, list[tuple[str, str]]],
) -> None:
    assert found["valleys unheard"][0] == ("lows.html", "")
    assert [found[query] for query in ("", "?", "zebra")] == [[], [], []]
