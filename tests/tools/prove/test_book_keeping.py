"""What of a page is in view, what of it only keeps books, and where no sentence stands between."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.helpers.tiny import HEAD, cell
from tools.book import Page
from tools.prove.book_keeping import count, faults

SOLUTION = "```{{solution-start}} ex\n:label: sol\n```\n{}```{{solution-end}}\n```\n\n"
KEPT = {
    "import math": "an import in view",
    "from math import sqrt": "an import in view",
    "assert 1 + 1 == 2": "an assertion in view",
    "torch.testing.assert_close(1, 1)": "assert_close() in view",
    "glue('one', 1)": "glue() in view",
    "answer('one', 1)": "answer() in view",
    "for k in range(2):\n    assert k < 2": "an assertion in view",
}
FOLDS = {"a check": ":check: one is one\n", "imports": ":tags: [imports]\n"}


def page(tmp_path: Path, text: str) -> Page:
    path = tmp_path / "page.md"
    path.write_text(f"{HEAD}# Page\n\n{text}", "utf8")
    return Page("page", path)


def told(tmp_path: Path, text: str) -> list[tuple[str, str]]:
    """The line that is told, as it is typed, and what is said of it."""
    one = page(tmp_path, text)
    lines = one.text.splitlines()
    return [(lines[line - 1].strip(), words.partition(":")[0]) for line, words in faults(one)]


@pytest.mark.parametrize("code", KEPT)
def test_book_keeping_in_view_is_told_with_its_line(tmp_path: Path, code: str) -> None:
    line = code.splitlines()[-1].strip()
    assert told(tmp_path, cell(f"x = 1\n{code}")) == [(line, KEPT[code])]


@pytest.mark.parametrize("code", KEPT)
def test_in_a_check_and_in_a_solution_it_may_stand(tmp_path: Path, code: str) -> None:
    assert told(tmp_path, cell(f":check: one is one\n{code}")) == []
    assert told(tmp_path, SOLUTION.format(cell(code))) == []
    assert told(tmp_path, SOLUTION.format("") + cell(code)) != []


@pytest.mark.parametrize("other", ["imports", "hide-input"])
def test_imports_stand_in_one_cell(tmp_path: Path, other: str) -> None:
    one = cell(":tags: [imports]\nimport math")
    two = cell(f":tags: [{other}]\nimport sys")
    said = "imports stand in one cell of a page, here in that of line 9"
    assert told(tmp_path, one + two) == [("import sys", said)]
    assert told(tmp_path, two) == []
    assert told(tmp_path, one + cell(":check: one is one\nimport sys")) == []


@pytest.mark.parametrize(
    "between",
    [
        "",
        "## A heading\n\n",
        "$$\nx\n$$\n\n",
        "```{margin}\nWords.\n```\n\n",
        cell(":check: a b\n1"),
    ],
)
def test_between_two_cells_in_view_stands_a_sentence(tmp_path: Path, between: str) -> None:
    said = "no sentence stands between this cell and the one in view before"
    assert told(tmp_path, cell("x = 1") + between + cell("y = 1")) == [
        ("```{code-cell} ipython3", said)
    ]
    assert told(tmp_path, cell("x = 1") + between + "Words.\n\n" + cell("y = 1")) == []


@pytest.mark.parametrize("head", [*FOLDS.values(), ":tags: [hide-input]\n", ":tags: [hide-cell]\n"])
def test_lines_in_view_are_counted_and_what_folds_is_not(tmp_path: Path, head: str) -> None:
    text = cell("import math\n\nassert (\n    1 == 1)\ng = x.detach()\n\ny = 1")
    one = count(page(tmp_path, text + cell(f"{head}import sys\nassert 1")))
    assert (one.cells, one.lines, one.kept, one.plumbing) == (1, 5, 3, 1)
