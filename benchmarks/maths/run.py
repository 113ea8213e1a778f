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

from measure import chromium, readable_without_script, served, visit
from playwright.sync_api import sync_playwright
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
        urls = {name: f"{stack.enter_context(served(at))}/page.html" for name, at in sites.items()}
        playwright = stack.enter_context(sync_playwright())
        browser = playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox"])
        found: dict[str, list[dict[str, float]]] = {name: [] for name in urls}
        for _ in range(options.runs):
            for name, url in urls.items():
                found[name].append(visit(browser, url, options.slowdown))
        for name, visits in found.items():
            count = readable_without_script(browser, urls[name])
            report(name, visits, count)
        browser.close()
    ours, peer = ([v["blocked"] for v in found[name]] for name in sites)
    print(f"\nblocking time, ours / MathJax: {ratio(ours, peer):.3f} (goal: at most 0.167)")


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
