"""`{cards}`: a chapter's pages with pictures, questions and counts, and their graph."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from bs4 import BeautifulSoup, Tag

from tests.helpers.figures_book import cell, computed
from tests.helpers.lead_book import FEATURES, PagesOf, lead_book, panels, shown
from tests.helpers.maths_book import Built

WORDS = "word " * 590
PAGES: PagesOf = {
    "first": "(the-first)=\n# First\n\nWords come first. What is *it*?\n\n"
    f"{WORDS}\n\n(first-place)=\n## Part\n\nWhat else?\n",
    "second": ["Why two?\n\nYou need {ref}`one page <first-place>`.", *shown("two", "three")],
    "third": "# Third\n\nAnd?\n\nYou need {ref}`second <fig-two>`, {ref}`the-first`.\n",
}


def cards(root: Path, body: str = "", **pages: str) -> Built:
    return lead_book(root, {**PAGES, **pages}, opening=f"```{{cards}}\n{body}```\n")


def words(cards: list[Tag], part: str, between: str = "") -> list[str]:
    return [one.get_text(between) for card in cards for one in card.select(part)]


def test_a_card_tells_number_title_question_and_counts(tmp_path: Path) -> None:
    built = cards(tmp_path)
    assert built.warnings == ""
    found = BeautifulSoup(built.page("chapter"), "html.parser").select(".card-of-page")
    assert words(found, ".card-words", "|") == [
        "1.1 First|What is it?", "1.2 Second|Why two?", "1.3 Third|And?"
    ]  # fmt: skip
    assert words(found, ".card-counts") == ["3 minutes", "2 figures · 1 minute", "1 minute"]
    addresses = [str(one["href"]) for card in found for one in card.select("a")]
    assert addresses == ["first.html", "second.html", "third.html"]
    assert [len(one.select("img")) for one in found] == [0, 2, 0]


def test_the_graph_is_that_of_the_lines_that_begin_with_you_need(tmp_path: Path) -> None:
    page = BeautifulSoup(cards(tmp_path).page("chapter"), "html.parser")
    lies, stands = page.select("svg.graph")
    for one in (lies, stands):
        assert one["aria-label"] == "What depends on what: 1.2 needs 1.1; 1.3 needs 1.2."
        assert [a["href"] for a in one.select("a")] == ["first.html", "second.html", "third.html"]
        assert len(one.select(".graph-lines path")) == 2
    assert float(str(lies["width"])) > float(str(lies["height"]))
    assert float(str(stands["width"])) < float(str(stands["height"]))


def test_a_line_of_the_author_stands_for_the_question(tmp_path: Path) -> None:
    built = cards(tmp_path, "the-first: What is the whole of it?\n")
    assert built.warnings == ""
    assert "<span>What is the whole of it?</span>" in built.page("chapter")


def test_wrong_lines_are_told_with_file_and_line(tmp_path: Path) -> None:
    warnings = cards(tmp_path, ":picture: two\n\nnowhere: What?\nno line\n").warnings
    assert re.search(r"chapter\.md:6: WARNING: cards: expected the label .*'nowhere'", warnings)
    assert re.search(r"chapter\.md:7: WARNING: cards: expected a line .*'no line'", warnings)


@pytest.mark.parametrize(
    ("picture", "said"),
    [
        ("lost", "expected a figure of this page as ':picture:', got 'lost'"),
        ("many two", "the panel by its number, got 'two'"),
        ("many 4", "expected a panel from 1 to 2, got 4"),
    ],
)
def test_a_picture_of_the_chapter_that_is_not_there_is_told(
    tmp_path: Path, picture: str, said: str
) -> None:
    opening = f"```{{cards}}\n:picture: {picture}\n```\n"
    pages: PagesOf = {"page": [opening, panels(), computed("many")], "next": "# Next\n"}
    warnings = lead_book(tmp_path, pages).warnings
    assert re.search(rf"page\.ipynb:\d+: WARNING: \w+: .*{re.escape(said)}", warnings), warnings


def test_a_page_that_changes_is_seen_by_its_opening(tmp_path: Path) -> None:
    changed = {"third": "# Third\n\nWhat now?\n\nYou need {ref}`the-first`.\n"}
    cards(tmp_path)
    built, clean = cards(tmp_path, **changed), cards(tmp_path / "clean", **changed)
    both = [
        str(BeautifulSoup(one.page("chapter"), "html.parser").select_one(".cards"))
        for one in (built, clean)
    ]
    assert "What now?" in both[0]
    assert both[0] == both[1]


def test_checked_claims_are_counted_and_their_code_is_not_read(tmp_path: Path) -> None:
    claim = cell(source="assert True  # " + "word " * 990)
    claim.metadata["check"] = "it is true"
    built = lead_book(
        tmp_path,
        {"one": ["Is it?", claim], "two": "# Two\n"},
        opening="```{cards}\n```\n",
        extensions=[*FEATURES, "_ext.checks"],
    )
    assert built.warnings == ""
    found = BeautifulSoup(built.page("chapter"), "html.parser").select(".card-of-page")
    assert words(found, ".card-counts") == ["1 minute · 1 checked claim", "1 minute"]


def test_print_does_without(tmp_path: Path) -> None:
    built = lead_book(tmp_path, PAGES, "text", opening="```{cards}\n```\n")
    assert built.warnings == ""
    assert "minutes" not in (built.out / "chapter.txt").read_text("utf8")
