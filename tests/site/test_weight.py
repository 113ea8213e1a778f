"""Nothing on the site is too heavy; `benchmarks.weight` tells what all of it weighs."""

from __future__ import annotations

import gzip
import re
import statistics

from tests.site.conftest import SITE

NOTEBOOK, MEDIAN, TABLE = 2_500_000, 700_000, 1_000_000  # bytes
LIVE = 12_000  # compressed: what a page's live figures share
LOADED = re.compile(r'(?:src|href)="[^"]*/(live(?:-\w+)?\.(?:js|css))\b')


def test_notebooks_open_soon() -> None:
    """One picture a figure, and no numbers that no reader opens."""
    weights = {path.name: path.stat().st_size for path in SITE.resolve().rglob("*.ipynb")}
    assert {name: size for name, size in weights.items() if size > NOTEBOOK} == {}
    assert statistics.median(weights.values()) < MEDIAN


def test_no_table_is_large() -> None:
    weights = {path.name: path.stat().st_size for path in (SITE / "_static" / "data").glob("*")}
    assert weights
    assert {name: size for name, size in weights.items() if size > TABLE} == {}


def test_no_page_loads_much_for_its_live_figures() -> None:
    """Their own small scripts apart, which `benchmarks.live` weighs."""
    parts = {one.name: len(gzip.compress(one.read_bytes())) for one in SITE.rglob("live*.*")}
    loaded = {
        str(page.relative_to(SITE)): sum(parts[name] for name in set(LOADED.findall(text)))
        for page in SITE.rglob("*.html")
        if "live.js" in (text := page.read_text("utf8"))
    }
    assert loaded
    assert {page: weight for page, weight in loaded.items() if weight > LIVE} == {}
