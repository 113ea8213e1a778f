"""All figures on one wall, and how to cite."""

from __future__ import annotations

from pathlib import Path

from bs4 import BeautifulSoup

from _ext.lead.citation import bibtex, sentence
from tests.helpers.figures_book import build
from tests.helpers.lead_book import SETTINGS, lead_book, shown
from tests.helpers.tiny import REPOSITORY


def test_every_figure_leads_to_its_place(tmp_path: Path) -> None:
    built = lead_book(
        tmp_path, {"a": shown("one", "two"), "b": shown("three"), "w": "# W\n\n```{wall}\n```\n"}
    )
    assert built.warnings == ""
    page = BeautifulSoup(built.page("w"), "html.parser")
    assert [one.get_text() for one in page.select("h2.wall-title")] == ["1 Chapter"]
    links = page.select(".wall a")
    assert [str(one["href"]) for one in links] == [
        "a.html#fig-one",
        "a.html#fig-two",
        "b.html#fig-three",
    ]
    assert [one.get_text(strip=True) for one in links] == ["Fig. 1.1", "Fig. 1.2", "Fig. 1.3"]
    assert {str(one["alt"]) for one in page.select(".wall img")} == {"Three <blue> points."}


def test_a_new_figure_is_seen_by_the_wall(tmp_path: Path) -> None:
    wall = {"w": "# W\n\n```{wall}\n```\n"}
    lead_book(tmp_path, {"a": shown("one"), **wall})
    built = lead_book(tmp_path, {"a": shown("one", "two"), **wall})
    assert "a.html#fig-two" in built.page("w")


FACTS = {
    "authors": [{"name": "The founders"}, {"family-names": "Roe", "given-names": "Ann"}],
    "title": "Energies", "version": "1.2.3", "date-released": "2026-11-21",
}  # fmt: skip


def test_the_reference_names_authors_year_title_and_version() -> None:
    assert sentence(FACTS, "") == "The founders; Roe, Ann (2026). Energies. Version 1.2.3."
    assert sentence(FACTS, "https://a.b").endswith("1.2.3. https://a.b")
    entry = bibtex(FACTS, "https://a.b")
    assert "author = {{The founders} and Roe, Ann}" in entry
    assert "url = {https://a.b}" in entry
    assert "url" not in bibtex(FACTS, "")


def test_the_page_reads_the_file_and_tells_of_none(tmp_path: Path) -> None:
    (tmp_path / "index.md").write_text("# Cite\n\n```{citation}\n```\n")
    lacking = build(tmp_path, **SETTINGS)
    assert "index.md:3: WARNING: citation: expected CITATION.cff" in lacking.warnings
    (tmp_path / "CITATION.cff").write_text((REPOSITORY / "CITATION.cff").read_text("utf8"))
    (tmp_path / "index.md").write_text("# How to cite\n\n```{citation}\n```\n")
    built = build(tmp_path, **SETTINGS)
    assert built.warnings == ""
    assert "@misc{energybook," in BeautifulSoup(built.page("index"), "html.parser").get_text()
