"""Nothing on the site is too heavy; `benchmarks.weight` tells what all of it weighs."""

from __future__ import annotations

import statistics

from tests.site.conftest import SITE

NOTEBOOK, MEDIAN, TABLE = 2_500_000, 700_000, 1_000_000  # bytes


def test_notebooks_open_soon() -> None:
    """One picture a figure, and no numbers that no reader opens."""
    weights = {path.name: path.stat().st_size for path in SITE.resolve().rglob("*.ipynb")}
    assert {name: size for name, size in weights.items() if size > NOTEBOOK} == {}
    assert statistics.median(weights.values()) < MEDIAN


def test_no_table_is_large() -> None:
    weights = {path.name: path.stat().st_size for path in (SITE / "_static" / "data").glob("*")}
    assert weights
    assert {name: size for name, size in weights.items() if size > TABLE} == {}
