"""The seeds that the page of runs lists: read from the cells, not from words about them."""

from __future__ import annotations

import pytest

from _ext.execution.runs import _seeds
from _ext.execution.seeds import seeds, written


@pytest.mark.parametrize(
    ("code", "found"),
    [
        ("g = torch.Generator().manual_seed(3)", [3]),
        ("g = random.Random(4)", [4]),
        ("for seed in range(3): run(seed)", [0, 1, 2]),
        ("[run(seed) for seed in (7, 1)]", [1, 7]),
        ("for i, seed in enumerate([5, 6]): run(seed)", [5, 6]),
        ("SEEDS = range(2)", [0, 1]),
        ("seeds = list(range(2)) * 2", [0, 1]),
        ("seeds, margin = range(2), 9", [0, 1]),
        ("def data(n, seed=8): pass", [8]),
        ("def data(seed): pass\ndata(2)", [2]),
        ("normal(4, 3, seed=6)", [6]),
        ("run(seed=100 + m)", []),
        ("x = 3", []),
    ],
)
def test_what_is_a_seed(code: str, found: list[int]) -> None:
    assert seeds(code) == found


def test_runs_are_written_short() -> None:
    assert written([0, 1, 2, 5, 6, 9]) == "0 to 2, 5, 6, 9"
    assert written([]) == ""


def test_all_cells_of_a_page_are_read_and_no_word_beside_them() -> None:
    cell = "```{code-cell} ipython3\n%s```\n"
    page = cell % ":tags: [hide-input]\n\nseed = 1\n" + "seed = 2\n" + cell % "f(seed=3)\n"
    assert _seeds(page) == "1, 3"
    assert _seeds(cell % "%time seed = 4\n") == ""
