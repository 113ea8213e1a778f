"""The row under a caption: the cell that draws moves into it, on the site alone."""

import re
from pathlib import Path

import nbformat
import pytest
from bs4 import BeautifulSoup, Tag

from tests.helpers.figures_book import build, bundle, cell, computed, write

FOLDED = {"tags": ["hide-input"]}


def drawing(*names: str, folded: bool = True) -> nbformat.NotebookNode:
    made = cell(*names, source="draw()")
    if folded:
        made.metadata.update(FOLDED)
    return made


def row(page: str, name: str = "ellipse-data") -> Tag:
    found = BeautifulSoup(page, "html.parser").select_one(f"#fig-{name} + details")
    assert isinstance(found, Tag)
    return found


def test_a_folded_cell_stands_in_its_figures_row(tmp_path: Path) -> None:
    root = write(tmp_path, page=[drawing("ellipse-data"), "Between.", computed("ellipse-data")])
    page = build(root).page()
    own = row(page)
    assert own.get("open") is None
    assert [child.name for child in own.find_all(recursive=False)] == ["summary", "div", "div"]
    assert own.summary is not None
    assert own.summary.text == "Code and data"
    assert "draw" in own.select_one(".cell").text  # type: ignore[union-attr]
    assert [link.text for link in own.select("a")][:3] == ["data", "data 2", "data 3"]
    assert page.count("<details") == 1
    assert page.index("<figure") < page.index('<div class="cell')


def test_a_cell_in_view_stays_where_it_is(tmp_path: Path) -> None:
    root = write(tmp_path, page=[drawing("ellipse-data", folded=False), computed("ellipse-data")])
    page = build(root).page()
    own = row(page)
    assert own.summary is not None
    assert own.summary.text == "Data and source"
    assert not own.select(".cell")
    assert page.index('class="cell ') < page.index("<figure")


def test_a_cell_with_words_of_its_own_stays(tmp_path: Path) -> None:
    one = drawing("ellipse-data")
    one.outputs.append(nbformat.v4.new_output("stream", name="stdout", text="said\n"))
    page = build(write(tmp_path, page=[one, computed("ellipse-data")])).page()
    assert not row(page).select(".cell")
    assert page.index("said") < page.index("<figure")


def test_of_two_figures_of_a_cell_the_first_has_it(tmp_path: Path) -> None:
    one = drawing("ellipse-data")
    other = nbformat.v4.new_output(
        "display_data", bundle("second"), metadata={"ebmlib": {"figure": "second"}}
    )
    one.outputs.append(other)
    places = [computed("second"), computed("ellipse-data")]
    built = build(write(tmp_path, page=[one, *places]))
    assert built.warnings == ""
    rows = [row(built.page(), name).summary for name in ("second", "ellipse-data")]
    assert [one.text for one in rows if one] == ["Code and data", "Data and source"]


@pytest.mark.parametrize("builder", ["latex", "text"])
def test_other_editions_keep_the_cell_where_it_is(tmp_path: Path, builder: str) -> None:
    root = write(tmp_path, page=[drawing("ellipse-data"), "Between.", computed("ellipse-data")])
    built = build(root, builder)
    file = next(path for path in built.out.glob("*.t*xt" if builder == "text" else "*.tex")
                if "Between." in path.read_text("utf8"))  # fmt: skip
    text = re.sub(r"\\PYG\{\w+\}", "", file.read_text("utf8"))
    assert text.index("draw") < text.index("Between.")


def test_three_panels_are_broader_than_the_text(tmp_path: Path) -> None:
    wide = drawing("wide")
    made = dict(bundle("wide"))
    made["image/svg+xml"] = made["image/svg+xml"].replace(
        'viewBox="0 0 316.8', 'viewBox="0 0 475.2'
    )
    wide.outputs[0].data = nbformat.from_dict(made)
    one = [drawing("ellipse-data"), computed("ellipse-data")]
    page = build(write(tmp_path, page=[*one, wide, computed("wide")])).page()
    broad = BeautifulSoup(page, "html.parser").select("figure.broad")
    assert [figure["id"] for figure in broad] == ["fig-wide"]
