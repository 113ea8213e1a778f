"""Maths rendered at build beside Jupyter Book's MathJax: one page of 380 coloured formulas.

    python benchmarks/maths/run.py [--runs 5] [--slowdown 1]

Both sites are built here, served from this machine, and visited in turn by headless Chromium with
an empty cache. Goals: blocking time at most 1/6 of MathJax's, layout shift at most .01, the first
formula with the first paint, all formulas there without JavaScript.
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
from contextlib import ExitStack
from pathlib import Path

from measure import SELECTOR, cold, in_turn, readable_without_script, seen
from playwright.sync_api import Browser
from sites import build_both

COLUMNS = {
    "blocked": "blocking time, ms",
    "shift": "layout shift",
    "paint": "first contentful paint, ms",
    "maths": "first formula, ms",
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=5, help="visits of each site, interleaved")
    parser.add_argument("--slowdown", type=float, default=1, help="how many times slower a CPU")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, ExitStack() as stack:
        sites = build_both(Path(folder))

        def one(browser: Browser, url: str) -> dict[str, float]:
            return visit(browser, url, options.slowdown)

        browser, urls, found = in_turn(stack, sites, "page", options.runs, one)
        for name, visits in found.items():
            count = readable_without_script(browser, urls[name])
            report(name, visits, count)
    ours, peer = ([v["blocked"] for v in found[name]] for name in sites)
    print(f"\nblocking time, ours / MathJax: {ratio(ours, peer):.3f} (goal: at most 0.167)")


def visit(browser: Browser, url: str, slowdown: float) -> dict[str, float]:
    """What one visit saw, once all formulas are typeset."""
    with cold(browser, url, slowdown) as page:
        all_of_them = f"document.querySelectorAll('{SELECTOR}').length >= 380"
        page.wait_for_function(all_of_them, timeout=60_000)
        page.wait_for_function("window.seen.maths !== null")
        assert page.locator("mjx-merror, .katex-error").count() == 0, "a formula is an error"
        return seen(page)


def ratio(ours: list[float], peer: list[float]) -> float:
    return statistics.median(ours) / statistics.median(peer)


def report(name: str, visits: list[dict[str, float]], silent: int) -> None:
    print(f"\n{name}")
    for key, label in COLUMNS.items():
        values = [visit[key] for visit in visits]
        digits = 4 if key == "shift" else 0
        middle, low, high = (f(values) for f in (statistics.median, min, max))
        print(f"  {label:<28} {middle:9.{digits}f}   ({low:.{digits}f} to {high:.{digits}f})")
    print(f"  {'formulas without JavaScript':<28} {silent:9d}")


if __name__ == "__main__":
    main()
