"""A card for each page, told where the book knows its address."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from PIL import Image

from _ext.lead.share import _font, broken, draw, place
from tests.helpers.figures_book import MIME, build, bundle
from tests.helpers.lead_book import FEATURES, SETTINGS, lead_book, shown

SITE = "https://energy.example/book"
MOST = 60_000  # bytes of a card: fifty of them weigh less than 3 MB


def test_a_card_has_its_size_and_is_light() -> None:
    data = bundle()
    made = draw(data["image/svg+xml"], data[MIME], ("Book", "1.1 A page", "What is it? " * 9))
    assert len(made) < MOST
    with Image.open(io.BytesIO(made)) as card:
        assert card.size == (1200, 630)


def test_words_are_broken_where_they_would_leave_their_column() -> None:
    font = _font("stix-two-text", 20)
    lines = broken("one two three four", font, font.getlength("one two "))
    assert lines == ["one two", "three", "four"]


@pytest.mark.parametrize("site", ["", "https://OWNER.github.io/book"])
def test_no_address_no_card(tmp_path: Path, site: str) -> None:
    built = lead_book(tmp_path, {"page": shown("one"), "next": "# Next\n"}, ebm_site=site)
    assert built.warnings == ""
    assert "og:image" not in built.page()
    assert not (built.out / place("page")).exists()


def test_each_page_tells_its_own_card(tmp_path: Path) -> None:
    lead_book(tmp_path, {"page": ["What?", *shown("one")], "next": "# Next\n"})
    features = [*FEATURES[:-1], "_ext.katex", "_ext.theme", FEATURES[-1]]
    built = build(tmp_path, **(SETTINGS | {"extensions": features, "ebm_site": SITE}))
    assert built.warnings == ""
    page = BeautifulSoup(built.page(), "html.parser")
    tags = {str(one["property"]): str(one["content"]) for one in page.select("meta[property]")}
    assert tags["og:image"] == f"{SITE}/{place('page')}"
    assert tags["og:image:width"] == "1200"
    assert tags["og:image:alt"] == "Three <blue> points."
    assert page.select_one('meta[name="twitter:card"][content="summary_large_image"]')
    assert (built.out / place("page")).read_bytes()[:4] == b"\x89PNG"
    other = BeautifulSoup(built.page("next"), "html.parser")
    assert "theme/card.png" in str(other.select_one('meta[property="og:image"]'))
