"""'You are here' under the titles of a chapter's pages."""

from __future__ import annotations

from pathlib import Path

from bs4 import BeautifulSoup, Tag

from tests.helpers.lead_book import PagesOf, lead_book, promise, shown
from tests.helpers.maths_book import Built


def strip(built: Built, page: str) -> Tag:
    found = BeautifulSoup(built.page(page), "html.parser").select_one("h1 + nav.strip")
    assert found, f"{page} has no strip under its title"
    return found


def pictures(built: Built, page: str) -> list[str]:
    return [str(one["src"]) for one in strip(built, page).select("img.in-light")]


def test_the_chapter_s_pages_lead_to_one_another(tmp_path: Path) -> None:
    names = ("a", "b", "c", "d")
    built = lead_book(tmp_path, {name: shown(f"of-{name}") for name in names})
    assert built.warnings == ""
    found = strip(built, "b")
    assert found["aria-label"] == "Chapter 1, Chapter: you are here"
    links = found.select("li > a")
    assert [one.get_text() for one in links] == ["1.1 A", "1.2 B", "1.3 C", "1.4 D"]
    assert [one["href"] for one in links] == ["a.html", "#", "c.html", "d.html"]
    assert [one.get("aria-current") for one in links] == [None, "page", None, None]
    near = [one.get_text() for one in found.select("li.near")]
    assert near == ["1.1 A", "1.2 B", "1.3 C"]
    assert pictures(built, "b") == [f"_static/small/of-{name}.strip.webp" for name in names]
    for image in found.select("img"):
        assert (built.out / str(image["src"])).is_file()
        assert image["alt"] == ""
        assert int(str(image["height"])) <= 48


def test_a_promise_gives_the_page_its_picture(tmp_path: Path) -> None:
    page = [promise("second"), *shown("first", "second")]
    built = lead_book(tmp_path, {"a": page, "b": "# Without\n"})
    assert built.warnings == ""
    assert pictures(built, "b") == ["_static/small/second.strip.webp"]


def test_a_page_that_changes_its_picture_is_seen_by_its_neighbours(tmp_path: Path) -> None:
    pages: PagesOf = {"a": shown("one"), "b": shown("two"), "c": shown("three")}
    lead_book(tmp_path, pages)
    built = lead_book(tmp_path, pages | {"a": shown("other")})
    clean = lead_book(tmp_path / "clean", pages | {"a": shown("other")})
    assert "other" in pictures(built, "c")[0]
    for name in pages:
        assert str(strip(built, name)) == str(strip(clean, name))
    folders = [one.out / "_static/small" for one in (built, clean)]
    kept, fresh = ({path.name: path.read_bytes() for path in one.iterdir()} for one in folders)
    assert kept == fresh


def test_pages_without_a_number_or_alone_have_none(tmp_path: Path) -> None:
    built = lead_book(tmp_path, {"only": shown("one")})
    for name in ("only", "chapter", "index"):
        assert 'class="strip"' not in built.page(name)
