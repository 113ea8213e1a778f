"""On a phone a cell says its column's head, which a wide page hides."""

from __future__ import annotations

from pathlib import Path

from bs4 import BeautifulSoup

from tests.helpers.maths_book import build, write

TABLE = """# Page

```{list-table}
:header-rows: 1
:class: CLASS

* - model
  - its price
* - kernel
  - exact
```
"""


def cells(root: Path, kind: str) -> list[str]:
    root.mkdir()
    page = TABLE.replace("CLASS", kind)
    extensions = ["myst_parser", "_ext.katex", "_ext.prose"]
    done = build(write(root, index=page), extensions=extensions)
    assert done.warnings == ""
    found = BeautifulSoup(done.page("index"), "html.parser").select("tbody td")
    return [cell.get_text().strip() for cell in found]


def test_a_table_that_stacks_says_its_heads(tmp_path: Path) -> None:
    assert cells(tmp_path / "one", "stacks") == ["kernel", "its price: exact"]


def test_another_does_not(tmp_path: Path) -> None:
    assert cells(tmp_path / "two", "other") == ["kernel", "exact"]
