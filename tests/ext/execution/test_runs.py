"""The table of runs, whether one process reads the pages or several."""

from __future__ import annotations

from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from tests.helpers.figures_book import build
from tests.helpers.maths_book import write
from tests.helpers.theme_book import HEAD

CELL = HEAD + "\n# Page %s\n\n```{code-cell} ipython3\nseed = %s\n```\n"
EXTENSIONS = ["myst_nb", "_ext.execution", "_ext.incremental"]


def rows(page: str) -> list[list[str]]:
    table = BeautifulSoup(page, "html.parser").select(".runs table")[0]
    return [[cell.text.strip() for cell in row.select("td")] for row in table.select("tr")[1:]]


@pytest.mark.slow
@pytest.mark.parametrize("workers", [1, 2])
def test_seeds_stand_in_the_order_of_the_book(tmp_path: Path, workers: int) -> None:
    pages = {f"p{n}": CELL % (n, n) for n in (5, 3, 1, 4, 2, 6)}
    pages |= {"words": "# Words\n", "runs": "# Runs\n\n```{runs}\n```\n"}
    root = write(tmp_path, index="# I\n", **pages)
    settings = {"extensions": EXTENSIONS, "exclude_patterns": ["_build"]}
    done = build(root, workers=workers, **settings)
    assert done.warnings == ""
    expected = [[f"Page {n}", str(n), ""] for n in (5, 3, 1, 4, 2, 6)]
    assert rows(done.page("runs")) == expected
    (root / "p3.md").write_text(CELL % (3, 30))
    expected[1][1] = "30"
    assert rows(build(root, workers=workers, **settings).page("runs")) == expected
