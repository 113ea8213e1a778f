"""The map of the whole book, and the ways through it."""

from __future__ import annotations

import re
from pathlib import Path

from bs4 import BeautifulSoup

from _ext.lead.mapsvg import LETTER, _curve
from tests.helpers.figures_book import build
from tests.helpers.lead_book import SETTINGS
from tests.helpers.maths_book import Built

MAP = "```{book-map}\n```\n\n```{path} An evening\na-one, b\n```\n"
ONE = f"(a-one)=\n# A one\n\n{'word ' * 990}\n"
TWO = "(a-two)=\n# A two\n\nYou need {ref}`a-one`.\n"
B_ONE = "(b-one)=\n# B one\n\nYou need {ref}`the chapter <a>` and {ref}`a-one`.\n"
B_TWO = "# B two\n\nYou need {ref}`what came before <b>`.\n"


def book(root: Path, builder: str = "html", lead: str = MAP, two: str = TWO) -> Built:
    root.mkdir(exist_ok=True)
    pages = {"map": f"# Map\n\n{lead}", "a-one": ONE, "a-two": two, "b-one": B_ONE, "b-two": B_TWO}
    for name, children in {"a": "a-one\na-two", "b": "b-one\nb-two"}.items():
        toctree = f"```{{toctree}}\n{children}\n```\n"
        pages[name] = f"({name})=\n# Chapter {name}\n\n```{{cards}}\n```\n\n{toctree}"
    pages["index"] = (  # the map has no number
        "# Book\n\n```{toctree}\nmap\n```\n\n"
        "```{toctree}\n:numbered: 2\n:caption: Part\na\nb\n```\n"
    )
    for name, text in pages.items():
        (root / f"{name}.md").write_text(text, "utf8")
    return build(root, builder, **SETTINGS)


def test_all_pages_stand_on_it_and_lead_where_they_are(tmp_path: Path) -> None:
    built = book(tmp_path)
    assert built.warnings == ""
    page = BeautifulSoup(built.page("map"), "html.parser")
    lies, stands = page.select(".book-map svg")
    for one in (lies, stands):
        assert one["aria-label"] == (
            "What depends on what: 1.2 needs 1.1; 2.1 needs 1.2; 2.2 needs 2.1."
        )
        addresses = [str(a["href"]) for a in one.select("a")]
        assert addresses == [
            f"{name}.html" for name in ("a", "b", "a-one", "a-two", "b-one", "b-two")
        ]
        assert len(one.select(".graph-lines path")) == 3
    assert float(str(lies["width"])) > float(str(stands["width"]))


def test_names_have_room_and_a_page_has_its_own_arrows(tmp_path: Path) -> None:
    page = BeautifulSoup(book(tmp_path).page("map"), "html.parser")
    lies, stands = page.select(".book-map svg")
    widest = len("1 Chapter a") * LETTER
    for text in lies.select(".graph-head text"):  # it ends where it stands
        assert float(str(text["x"])) >= widest
    for text in stands.select(".graph-head text"):  # it begins there
        assert float(str(text["x"])) + widest <= float(str(stands["width"]))
    for one in (lies, stands):
        assert [len(g.select("path")) for g in one.select(".graph-page")] == [0, 1, 1, 1]


def test_on_the_opening_of_a_chapter_another_is_one_box(tmp_path: Path) -> None:
    built = book(tmp_path)
    for name, said in {
        "a": "1.2 needs 1.1; 2 needs 1.1",
        "b": "2.1 needs 1; 2.2 needs 2.1",
    }.items():
        graph = BeautifulSoup(built.page(name), "html.parser").select("svg.graph")[0]
        assert graph["aria-label"] == f"What depends on what: {said}."


def test_a_path_tells_its_time_and_its_pages(tmp_path: Path) -> None:
    page = BeautifulSoup(book(tmp_path).page("map"), "html.parser")
    words = page.select(".book-map ~ p")[0].get_text()
    assert words == "An evening (8 minutes): 1.1 A one, 2 Chapter b."


def test_a_label_that_is_nowhere_is_told(tmp_path: Path) -> None:
    warnings = book(tmp_path, lead="```{path} A week\nnowhere\n```\n").warnings
    assert re.search(r"map\.md:\d+: WARNING: path: expected the label .*'nowhere'", warnings)


def test_print_draws_the_same_map(tmp_path: Path) -> None:
    built = book(tmp_path, "latex")
    assert built.warnings == ""
    tex = next(built.out.glob("*.tex")).read_text("utf8")
    assert tex.count(r"\node[page]") == 4
    assert tex.count(r"\draw[->,gray]") == 3
    assert "1.1 A one" in tex.partition("An evening")[2]


def test_a_page_that_needs_something_else_is_seen_by_the_map(tmp_path: Path) -> None:
    book(tmp_path)
    other = TWO.replace("You need", "It stands beside")
    both = [book(root, two=other) for root in (tmp_path, tmp_path / "clean")]
    maps = [
        str(BeautifulSoup(one.page("map"), "html.parser").select_one(".book-map")) for one in both
    ]
    assert "1.2 needs" not in maps[0]
    assert maps[0] == maps[1]


def test_a_curve_goes_round_what_stands_between() -> None:
    near = _curve((0, 0), (10, 0), 2, 1, (10, 40))
    far = _curve((0, 0), (30, 0), 2, 1, (10, 40))
    assert {y for _, y in near} == {0}
    assert min(y for _, y in far) < -2
    assert all(abs(y) < 20 for _, y in far)  # within its lane
