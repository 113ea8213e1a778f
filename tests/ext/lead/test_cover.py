"""The home page as a cover: ways in, and a band of chapters."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from tests.helpers.figures_book import build
from tests.helpers.lead_book import SETTINGS, lead_book, shown
from tests.helpers.maths_book import Built

WAYS = "```{ways}\n[The idea](chapter.md)\n```\n"
BAND = "```{band}\nthe-chapter: All of it.\n```\n"


def cover(root: Path, text: str = WAYS + "\n" + BAND, **settings: object) -> Built:
    lead_book(root, {"a": shown("one"), "b": "# B\n"}, **settings)
    contents = "```{toctree}\n:numbered: 2\nchapter\n```\n"
    (root / "index.md").write_text(f"# Book\n\n{text}\n{contents}")
    opening = (root / "chapter.md").read_text()
    (root / "chapter.md").write_text(f"(the-chapter)=\n{opening}")
    return build(root, **(SETTINGS | settings))


@pytest.mark.parametrize(
    ("repository", "edition", "expected"),
    [
        ("https://github.com/OWNER/book", "v1.0.0", ["The idea"]),
        ("https://git.example/us/book", "", ["The idea", "Code"]),
        ("https://git.example/us/book", "v1.0.0", ["The idea", "The book as PDF", "Code"]),
    ],
)
def test_ways_lead_where_there_is_an_address(
    tmp_path: Path, repository: str, edition: str, expected: list[str]
) -> None:
    built = cover(tmp_path, ebm_repository=repository, ebm_edition=edition)
    assert built.warnings == ""
    links = BeautifulSoup(built.page("index"), "html.parser").select(".ways a")
    assert [one.get_text() for one in links] == expected


def test_a_chapter_has_its_sentence_and_the_picture_of_its_first_page(tmp_path: Path) -> None:
    built = cover(tmp_path)
    band = BeautifulSoup(built.page("index"), "html.parser").select_one("nav.band")
    assert band
    assert [one.get_text("|") for one in band.select(".card-words")] == ["1 Chapter|All of it."]
    assert str(band.select("img")[0]["src"]) == "_static/small/one.card.webp"


def test_a_line_for_what_is_no_chapter_is_told(tmp_path: Path) -> None:
    warnings = cover(tmp_path, f"Words.\n\n{BAND.replace('the-chapter', 'nowhere')}").warnings
    assert re.search(r"index\.md:6: WARNING: band: expected the label of .*'nowhere'", warnings)
