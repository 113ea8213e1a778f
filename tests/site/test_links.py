"""What the site's pages point to is there: read from the files, no browser needed."""

from __future__ import annotations

import json
import re
from collections import Counter
from dataclasses import dataclass
from functools import cache
from html import unescape
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest

from _ext.theme.policy import META
from tests.helpers.plotted import load
from tests.helpers.tiny import REPOSITORY
from tests.site.conftest import BOOK_PAGES, SITE, all_pages

TAG = re.compile(r"<([a-z][\w-]*)\b((?:[^>\"']|\"[^\"]*\"|'[^']*')*)>", re.I)
ATTRIBUTE = re.compile(r"([\w:-]+)(?:\s*=\s*(?:\"([^\"]*)\"|'([^']*)'))?")
WANTED = re.compile(r"\b(?:id|href|src|action|on[a-z]+)\s*=", re.I)
POINTS = ("href", "xlink:href", "src", "action")
# Letters and masks of a drawing, the menu of a button, what names or tells of a part.
NAMED = re.compile(
    r"<use\b[^>]*?href=[\"']#([^\"']+)|url\([\"']?#([^\"')]+)"
    r"|\s(?:popovertarget|for|aria-(?:labelledby|controls|describedby|owns))=\"([^\"]+)"
)
DATA = "_static/data/"
OWN = ("", "data")  # schemes of what comes with the page
SOURCE = re.compile(r"/blob/[0-9a-f]{40}/([^#]+)(?:#L(\d+)(?:-L(\d+))?)?$")


@dataclass(frozen=True)
class Tag:
    name: str
    values: dict[str, str]


@cache
def tags(name: str) -> tuple[Tag, ...]:
    """The tags of a page that point somewhere, have an id, or are scripts."""
    found = []
    for tag, inside in TAG.findall((SITE / f"{name}.html").read_text("utf8")):
        if tag.lower() == "script" or WANTED.search(inside):
            values = {key.lower(): unescape(a or b) for key, a, b in ATTRIBUTE.findall(inside)}
            found.append(Tag(tag.lower(), values))
    return tuple(found)


@cache
def anchors(name: str) -> Counter[str]:
    return Counter(tag.values["id"] for tag in tags(name) if "id" in tag.values)


def pointed(name: str) -> set[str]:
    """Where a page points to, drawings' own references left out."""
    kinds = ("a", "link", "script", "img", "form", "iframe", "source", "video")
    return {
        tag.values[key] for tag in tags(name) for key in POINTS
        if tag.name in kinds and key in tag.values
    }  # fmt: skip


@pytest.mark.parametrize("name", all_pages())
def test_links_anchors_and_files_are_there(name: str) -> None:
    lost = []
    for address in pointed(name):
        parts = urlsplit(address)
        if parts.scheme:
            continue
        here = (SITE / f"{name}.html").resolve()
        file = here.parent / unquote(parts.path) if parts.path else here
        anchor = unquote(parts.fragment)
        if not file.is_file() or not file.stat().st_size:
            lost.append(address)
        elif anchor and file.suffix == ".html":
            other = file.resolve().relative_to(SITE.resolve()).as_posix().removesuffix(".html")
            if anchor not in anchors(other):
                lost.append(address)
    assert lost == []


@pytest.mark.parametrize("name", all_pages())
def test_parts_that_a_page_names_are_there(name: str) -> None:
    found = NAMED.findall((SITE / f"{name}.html").read_text("utf8"))
    named = {unescape(one) for groups in found for group in groups for one in group.split()}
    assert sorted(named - set(anchors(name))) == []


@pytest.mark.parametrize("name", all_pages())
def test_only_links_lead_elsewhere(name: str) -> None:
    """What a page loads, prepares to load or sends is of its own site: links alone are followed."""
    loaded = [tag for tag in tags(name) if tag.name != "a"]
    parts = [(tag, urlsplit(tag.values.get(key, ""))) for tag in loaded for key in POINTS]
    assert [tag for tag, to in parts if to.netloc or to.scheme not in OWN] == []


@pytest.mark.parametrize("name", all_pages())
def test_no_id_stands_twice(name: str) -> None:
    assert [one for one, count in anchors(name).items() if count > 1] == []


@pytest.mark.parametrize("name", all_pages())
def test_no_script_stands_in_the_page(name: str) -> None:
    assert META in (SITE / f"{name}.html").read_text("utf8")[:2000]
    assert [tag for tag in tags(name) if tag.name == "script" and "src" not in tag.values] == []
    handlers = [key for tag in tags(name) for key in tag.values if re.match(r"on[a-z]+$", key)]
    assert handlers == []
    bare = ["".join(one.split()).lower() for one in pointed(name)]
    assert [one for one in bare if one.startswith("javascript:")] == []


@pytest.mark.parametrize("name", BOOK_PAGES)
def test_links_to_sources_name_lines_that_are_there(name: str) -> None:
    lost = []
    for address in pointed(name):
        found = SOURCE.search(address)
        if not found:
            continue
        file = REPOSITORY / unquote(found[1])
        lines = len(file.read_text("utf8").splitlines()) if file.is_file() else -1
        first, last = int(found[2] or 0), int(found[3] or found[2] or 0)
        if not first <= last <= lines:
            lost.append(address)
    assert lost == []


def test_every_table_is_linked_and_reloads() -> None:
    tables = {path.name for path in (SITE / "_static" / "data").glob("*.txt")}
    linked = {Path(one).name for name in BOOK_PAGES for one in pointed(name) if DATA in one}
    assert tables
    assert linked == tables
    for name in tables:
        assert load((SITE / "_static" / "data" / name).read_text("utf8")), name


def test_every_notebook_is_linked_and_has_outputs() -> None:
    books = {path.relative_to(SITE.resolve()) for path in SITE.resolve().rglob("*.ipynb")}
    assert books
    for path in books:
        page = path.with_suffix("").as_posix()
        assert path.name in pointed(page)
        cells = json.loads((SITE / path).read_text("utf8"))["cells"]
        assert any(cell.get("outputs") for cell in cells), page


def test_the_root_leads_home() -> None:
    text = (SITE / "index.html").read_text("utf8")
    assert f"url={BOOK_PAGES[0]}.html" in text


def test_the_home_page_reaches_every_page() -> None:
    """By links alone, as a reader would who follows them."""
    seen, waiting = set(), [BOOK_PAGES[0]]
    while waiting:
        name = waiting.pop()
        seen.add(name)
        here = Path(name).parent
        for address in [one.values.get("href", "") for one in tags(name) if one.name == "a"]:
            parts = urlsplit(address)
            if parts.scheme or not parts.path.endswith(".html"):
                continue
            other = (SITE.resolve() / here / unquote(parts.path)).resolve()
            page = other.relative_to(SITE.resolve()).as_posix().removesuffix(".html")
            if page not in seen and page not in waiting and other.is_file():
                waiting.append(page)
    assert set(all_pages()) - seen == {"404"}  # which hosts show for a wrong address
