"""A check is read as its sentence: on the site it opens, in print it stands alone, in the notebook
above its cell; and it is one of the claims that the page's head counts."""

from __future__ import annotations

import re
from pathlib import Path

import nbformat
import pytest
from bs4 import BeautifulSoup, Tag

from tests.faults.tiny import build, make, run, warm
from tests.helpers.finding import records
from tests.helpers.tiny import cell, write_page
from tools.book import Book
from tools.build.sphinx_build import build as sphinx

IMPORTS = ":tags: [imports]\nfrom ebmlib.soft import VALUE"
SHARE = r""":check: 'a share $\vy$ of {glue:text}`two-share:.2f` in `VALUE`, see {ref}`one`'
from ebmlib.glue import glue

glue('two-share', 0.25)
assert VALUE == 1"""
DRAW = """:check: 'Run: one draw. Checked: nothing is lost'
assert VALUE + 1 == 2
print('unsearched')"""
PAGE = f"""(two)=
# Two

How many are red?

## A claim

{cell(IMPORTS)}
The share is small, see {{ref}}`two`.

{cell(SHARE)}
More words.

{cell(DRAW)}
```{{diagram}} arrow
:alt: An arrow.
An arrow.
```
"""
SENTENCES = [
    "Checked: a share y of 0.25 in VALUE, see One.",
    "Run: one draw. Checked: nothing is lost.",
]


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A book one of whose pages checks two claims, built."""
    warm()
    place = make(tmp_path_factory.mktemp("checks") / "book")
    write_page(place, "two", PAGE)
    runs = "(appendix-runs)=\n# Runs\n\n```{runs}\n```\n"
    write_page(place, "runs", runs)
    contents = place / "_toc.yml"
    contents.write_text(contents.read_text("utf8") + "- file: runs\n", "utf8")
    told = build(place)
    assert told.code == 0, told.text
    return place


def page(root: Path, name: str = "two") -> BeautifulSoup:
    return BeautifulSoup((root / f"_build/site/{name}.html").read_text("utf8"), "html.parser")


def words(tag: Tag) -> str:
    return " ".join(tag.get_text().split())


def test_a_check_is_a_closed_box_named_by_its_sentence(root: Path) -> None:
    boxes = page(root).select("details.check")
    found = [words(box.select_one("summary")) for box in boxes]
    assert [re.sub("y+", "y", one, count=1) for one in found] == SENTENCES
    assert not any(box.has_attr("open") for box in boxes)
    assert [box.select_one(".cell_input") is not None for box in boxes] == [True, True]
    assert boxes[0].select_one("summary .katex, summary .eq")
    assert boxes[0].select("summary a") == []  # within a button no link can be reached
    assert words(boxes[1].select_one(".cell_output")) == "unsearched"


def test_imports_fold_behind_their_word(root: Path) -> None:
    (box,) = page(root).select("details.imports")
    assert words(box.select_one("summary")) == "Imports"
    assert "from ebmlib.soft import VALUE" in words(box)


def test_the_head_counts_the_checks_and_leads_to_the_runs(root: Path) -> None:
    (line,) = page(root).select("h1 + p.check-count")
    said = "Every number here is computed; 2 claims were checked in this build."
    assert words(line) == said
    assert line.select_one("a")["href"] == "runs.html#appendix-runs"
    assert not page(root, "one").select(".check-count")


def test_the_notebook_says_the_sentence_above_its_cell(root: Path) -> None:
    cells = nbformat.read(root / "_build/site/two.ipynb", 4).cells
    checks = [n for n, one in enumerate(cells) if "check" in one.metadata.get("tags", ())]
    said = [cells[n - 1].source.rpartition("\n\n")[2] for n in checks]
    assert said[0].startswith("✓ **Checked:** a share $")
    assert "of 0.25 in `VALUE`, see One." in said[0]
    assert said[1] == "✓ **Run:** one draw. **Checked:** nothing is lost."
    assert all(cells[n].metadata["jupyter"]["source_hidden"] for n in checks)
    assert "Imports" not in "".join(one.source for one in cells if one.cell_type == "markdown")
    assert "Every number" not in "".join(one.source for one in cells)


def test_print_keeps_the_sentence_alone(root: Path) -> None:
    out = root / "_build" / "work" / "latex"
    doctrees = out.with_name("latex-doctrees")
    told = run(lambda: sphinx(Book(root), "latex", out, doctrees, {"ebm_volume": ""}) or 0)
    assert told.code == 0, told.text
    source = (out / "book.tex").read_text("utf8")
    checks = re.findall(r"^\\ebmcheck\{(.*)\}$", source, re.M)
    assert len(checks) == 2
    assert checks[0].startswith(r"\sphinxstylestrong{Checked:} a share")
    assert "0.25" in checks[0]
    assert checks[1].endswith("nothing is lost.")
    assert "VALUE ==" not in source
    assert "import VALUE" not in source
    assert "Every number" not in source


def test_the_search_finds_the_sentence_and_not_the_code(root: Path) -> None:
    known = repr(records(root / "_build" / "site")["records"])
    assert "nothing is lost" in known
    assert "unsearch" not in known
    assert "Every number here" not in known
