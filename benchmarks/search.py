"""Search over the whole book: what a first word waits for, and a next one; the index's weight.

    python -m benchmarks.search [--runs 10] [--slowdown 4]

The box is opened by its key on a page that has just been loaded, so that the first word waits for
the index to be fetched and read. A query is set at once, as a paste would do, and the time runs
until its results stand in the list.
"""

from __future__ import annotations

import argparse
import gzip
import json
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "book")]

from benchmarks.phone import phone, slow_down  # noqa: E402
from benchmarks.turns import spread  # noqa: E402
from tests.helpers.browser import launched, served  # noqa: E402

PAGE = "book/ellipse/free-energy.html"
GOAL = 600  # kB of the index at ninety pages
# Milliseconds until the list of results holds the query's answer.
TIME = """(query) => new Promise((resolve) => {
  const box = document.querySelector("dialog[open] input"), begin = performance.now();
  const dialog = box.closest("dialog");
  const seen = new MutationObserver(() => {
    if (!dialog.querySelector("li a")) return;
    seen.disconnect();
    resolve(performance.now() - begin);
  });
  seen.observe(dialog, { childList: true, subtree: true, characterData: true });
  box.value = query;
  box.dispatchEvent(new InputEvent("input", { bubbles: true }));
})"""


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--runs", type=int, default=10)
    parser.add_argument("--slowdown", type=float, default=4)
    options = parser.parse_args()
    site = ROOT / "_build" / "site"
    asked = json.loads((ROOT / "tests" / "site" / "queries.json").read_text("utf8"))
    queries = [one["query"] for one in asked]
    first, next_ = [], []
    with launched() as browser, served(site) as address:
        for run in range(options.runs):
            with phone(browser, f"{address}/{PAGE}") as page:
                slow_down(page, options.slowdown)
                page.keyboard.press("/")
                page.locator("dialog[open] input").wait_for()
                first.append(page.evaluate(TIME, queries[run % len(queries)]))
                next_ += [page.evaluate(TIME, query) for query in queries[run::7]]
    files = sorted((site / "_static" / "search").glob("*"))
    weight = sum(len(gzip.compress(one.read_bytes(), 9)) for one in files) / 1000
    print(f"| CPU slowed {options.slowdown:g} times | |\n| --- | --- |")
    print(f"| first results after the box is opened, ms | {spread(first, 0)} |")
    print(f"| results of a next query, ms | {spread(next_, 0)} |")
    print(f"| index and code, compressed, kB (goal {GOAL} at ninety pages) | {weight:.0f} |")


if __name__ == "__main__":
    main()
