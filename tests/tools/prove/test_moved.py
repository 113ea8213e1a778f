"""In a kernel with moved seeds: every generator draws others, and a false claim stops nothing."""

from __future__ import annotations

import ast
import subprocess
import sys

import pytest

from tests.helpers.tiny import REPOSITORY
from tools.prove.moved import TOLD, Claims, Going

DRAWS = """
import random, sys
import numpy as np, torch
from tools.prove.moved import move

move(int(sys.argv[1]))
shift = int(sys.argv[2])
torch.manual_seed(shift)
random.seed(shift)
np.random.seed(shift)
print(
    torch.rand(2, generator=torch.Generator().manual_seed(shift)).tolist(), torch.rand(2).tolist(),
    np.random.default_rng(shift).random(2).tolist(), np.random.rand(2).tolist(), random.random(),
)
"""


def drawn(offset: int, seed: int) -> str:
    command = [sys.executable, "-c", DRAWS, str(offset), str(seed)]
    return subprocess.run(
        command, cwd=REPOSITORY, capture_output=True, text=True, check=True
    ).stdout


def test_a_moved_seed_is_another_seed() -> None:
    assert drawn(3, 4) == drawn(0, 7)
    assert drawn(3, 4) != drawn(0, 4)


def run(code: str) -> list[tuple[int, str]]:
    """What a cell told, after it has run to its end."""
    told: list[tuple[int, str]] = []
    names = {TOLD: lambda line, claim, asked, error: told.append((line, claim)), "ends": []}
    tree = ast.fix_missing_locations(Going().visit(ast.parse(code)))
    exec(compile(tree, "cell", "exec"), names)
    assert names["ends"] == [1]
    return told


def test_a_false_claim_is_told_with_its_line_and_the_cell_goes_on() -> None:
    code = (
        "assert 1 == 1\nfor k in range(2):\n    assert k == 0\n"
        "def assert_close(a, b):\n    assert a == b\nassert_close(1, 2)\nends.append(1)"
    )
    assert run(code) == [(3, "assert k == 0"), (6, "assert_close(1, 2)")]


def test_a_false_claim_takes_no_name_from_the_page() -> None:
    assert run("error = 1\nassert error == 2\nends.append(error)") == [(2, "assert error == 2")]


def test_a_claim_within_a_function_raises() -> None:
    with pytest.raises(AssertionError):
        run("def f():\n    assert False\nf()\nends.append(1)")


def test_the_values_of_a_false_claim_are_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    import IPython.display

    caught: list[dict[str, object]] = []
    monkeypatch.setattr(IPython.display, "display", lambda data, raw: caught.append(data))
    Claims({"best": 15.848931924}).tell(7, "assert best > 30", ["best"], AssertionError())
    (shown,) = caught
    assert shown["text/plain"] == "best > 30 is false: best = 15.8489"
