"""`{promise}`: a copy of a later figure before the code, and what is refused."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup

from tests.helpers.figures_book import cell, computed
from tests.helpers.lead_book import lead_book, panels, promise, shown


def test_a_copy_stands_before_the_code_and_leads_to_the_figure(tmp_path: Path) -> None:
    built = lead_book(tmp_path, {"page": [promise("one"), *shown("one")], "next": shown("two")})
    assert built.warnings == ""
    page = BeautifulSoup(built.page(), "html.parser")
    box = page.select_one(".promise")
    assert box
    assert [one["href"] for one in box.select("a")] == ["#fig-one", "#fig-one"]
    assert box.get_text(" ", strip=True) == "You will draw it. Fig. 1.1"
    assert built.page().index('class="promise"') < built.page().index('class="cell')
    assert len(page.select("figcaption")) == 1  # the copy has no number
    for image in box.select("img"):
        assert (built.out / str(image["src"])).read_bytes()[8:12] == b"WEBP"
        assert int(str(image["width"])) <= 360
        assert image["loading"] == "lazy"
    assert [one["class"] for one in box.select("img")] == [["in-light"], ["in-dark"]]


def test_a_panel_alone_is_smaller_than_all(tmp_path: Path) -> None:
    def width(options: str, folder: str) -> int:
        place = computed("many")
        page = [promise("many", options=options), panels(), place]
        built = lead_book(tmp_path / folder, {"page": page, "next": shown("two")})
        assert built.warnings == ""
        image = BeautifulSoup(built.page(), "html.parser").select(".promise img")[0]
        return int(str(image["width"])) * 150 // int(str(image["height"]))

    assert width(":panel: 2\n", "one") < 0.7 * width("", "all")


@pytest.mark.parametrize("builder", ["latex", "text"])
def test_print_has_the_figure_alone(tmp_path: Path, builder: str) -> None:
    built = lead_book(tmp_path, {"page": [promise("one"), *shown("one")], "next": "# N\n"}, builder)
    assert built.warnings == ""
    words = "".join(
        path.read_text("utf8") for path in built.out.iterdir() if path.suffix in (".tex", ".txt")
    )
    assert "Points near an" in words
    assert "You will draw it" not in words


@pytest.mark.parametrize(
    ("content", "warning"),
    [
        ([promise("lost"), *shown("one")], "got 'lost', which is not on it"),
        ([*shown("one"), promise("one")], "got 'one', which stands before"),
        ([promise("one"), "Words.", promise("one"), *shown("one")], "this is its second"),
        ([cell("two"), promise("one"), *shown("one"), computed("two")], "first code, got it after"),
        ([promise("one", ""), *shown("one")], "expected one short line under it, got none"),
        (
            [promise("one", "A.\n\nB."), *shown("one")],
            "expected one short line under it, got 2 paragraphs",
        ),
        (
            [promise("many", options=":panel: 3\n"), panels(), computed("many")],
            "expected a panel from 1 to 2, got 3",
        ),
        ([promise("one", options=":panel: 4\n"), *shown("one")], "panel from 1 to 1, got 4"),
        ([promise("one", options=":card: 2\n"), *shown("one")], "panel from 1 to 1, got 2"),
    ],
)
def test_what_is_refused_is_told_with_file_and_line(
    tmp_path: Path, content: list[Any], warning: str
) -> None:
    warnings = lead_book(tmp_path, {"page": content, "next": "# Next\n"}).warnings
    lines = [line for line in warnings.splitlines() if warning in line]
    assert lines, warnings
    assert re.match(r"page\.ipynb:\d+: WARNING: promise: ", lines[0]), lines[0]
    assert "fig-lost" not in warnings  # told once
