"""Live figures of the built site: how long a change takes until it is drawn, on a slow CPU.

    python -m benchmarks.live [--runs 30] [--slowdown 4]

Each figure is recomputed and drawn at settings spread over the range of its first control, by
headless Chromium on a CPU slowed down as a telephone's would be. Weights are of files gzipped.
"""

from __future__ import annotations

import argparse
import gzip
import re
import statistics
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "book")]

from benchmarks.phone import phone, slow_down  # noqa: E402
from benchmarks.turns import spread  # noqa: E402
from tests.helpers.browser import launched, served, until  # noqa: E402

BOX = re.compile(r'class="[^"]*\bebm-live\b[^"]*"[^>]*data-figure="([^"]+)"')
GOAL = 25  # milliseconds to recompute and draw
# Milliseconds of recomputing, and of recomputing and drawing with the layout that follows.
TIMES = """([name, runs]) => {
  const figure = ebmLive.shown[name];
  const { program } = figure;
  const [one] = program.settings, run = program.make();
  const start = [...figure.now[one.name]];
  const ends = "low" in one ? [[one.low].flat(), [one.high].flat()] : [[0], [1]];
  const at = (share) => start.map((_, k) => {
    const [low, high] = ends.map((end) => end[k % end.length]);
    return low + share * (high - low);
  });
  const found = [];
  for (let k = 0; k < runs; k++) {
    figure.now[one.name] = at((k + 0.5) / runs);
    const begin = performance.now();
    run(...program.inputs.map((key) => figure.now[key]));
    const computed = performance.now();
    figure.draw();
    figure.box.getBoundingClientRect();
    found.push([computed - begin, performance.now() - computed]);
  }
  figure.reset();
  return found;
}"""


def figures(site: Path) -> list[tuple[str, str]]:
    """(page, figure) of all live figures."""
    pages = sorted(site.glob("book/**/*.html"))
    return [
        (path.relative_to(site).as_posix(), name)
        for path in pages
        for name in dict.fromkeys(BOX.findall(path.read_text("utf8")))
    ]


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--runs", type=int, default=30)
    parser.add_argument("--slowdown", type=float, default=4)
    options = parser.parse_args()
    site = ROOT / "_build" / "site"
    print(f"| CPU slowed {options.slowdown:g} times | recompute, ms | and draw, ms | file, kB |")
    print("| --- | --- | --- | --- |")
    slow = []
    with launched() as browser, served(site) as address:
        for page_name, name in figures(site):
            with phone(browser, f"{address}/{page_name}") as page:
                page.locator(f'.ebm-live[data-figure="{name}"]').scroll_into_view_if_needed()
                until(page, f"!!window.ebmLive?.shown['{name}']")
                slow_down(page, options.slowdown)
                times = page.evaluate(TIMES, [name, options.runs])
            compute, both = ([one[k] for one in times] for k in (0, 1))
            weight = len(gzip.compress((site / f"_static/live/{name}.js").read_bytes())) / 1000
            print(
                f"| {name} | {spread(compute, 1)} | {spread(both, 1)} | {weight:.1f} |", flush=True
            )
            slow += [name] * (statistics.median(both) > GOAL)
    print(f"\nOver {GOAL} ms by the median: {', '.join(slow) or 'none'}.")


if __name__ == "__main__":
    main()
