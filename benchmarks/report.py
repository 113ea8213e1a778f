"""Run the benchmarks and write benchmarks/README.md from what they print.

    python -m benchmarks.report [--quick] [part ...]

`--quick` takes small sizes: minutes instead of an hour, for a look. Parts that are not named keep
what the README says of them.
"""

from __future__ import annotations

import argparse
import os
import platform
import re
import subprocess
import sys
from datetime import date
from pathlib import Path

HERE = Path(__file__).resolve().parent
README = HERE / "README.md"
INTRODUCTION = """# Benchmarks

What we claim of speed, measured side by side with peers in one run by `nox -s bench`.
CPU seconds (user and system, all processes) are what to compare: wall time depends on what else
the machine does.
A figure is the median, with the least and the greatest in brackets.
"""
# Name: (title, command, what a quick run adds)
PARTS = {
    "growth": (
        "Builds beside plain Jupyter Book, 5 to 120 generated pages",
        ["benchmarks.build", "growth"],
        ["--pages", "5", "30", "--repeats", "1"],
    ),
    "book": ("Builds of this book", ["benchmarks.build", "book"], ["--cached", "--repeats", "2"]),
    "serve": ("An author's saves", ["benchmarks.serve"], ["--repeats", "1"]),
    "page": (
        "The heaviest page beside the same page by plain Jupyter Book with MathJax",
        ["benchmarks.page"],
        ["--runs", "3"],
    ),
    "live": ("Live figures", ["benchmarks.live"], ["--runs", "5"]),
    "search": ("Search over the whole book", ["benchmarks.search"], ["--runs", "3"]),
    "weight": ("Weight of the site", ["benchmarks.weight"], []),
    "maths": ("Maths alone: 380 formulas", ["benchmarks/maths/run.py"], ["--runs", "2"]),
    "infer": ("Latent inference beside SciPy", ["benchmarks.infer"], ["--samples", "200"]),
    "kmeans": ("K-means beside scikit-learn", ["benchmarks.kmeans"], ["--seeds", "2"]),
    "lasso": ("Sparse codes beside scikit-learn", ["benchmarks.lasso"], ["--samples", "1000"]),
    "walks": ("Walks that sample, beside torchebm", ["benchmarks.walks"], ["--repeats", "2"]),
    "mixture": (
        "A mixture of Gaussians beside scikit-learn",
        ["benchmarks.mixture"],
        ["--seeds", "1"],
    ),
    "neighbours": (
        "A map of neighbours beside scikit-learn",
        ["benchmarks.neighbours"],
        ["--seeds", "1"],
    ),
    "memory": ("Memory at the peak", ["benchmarks.memory"], []),
}


def machine() -> str:
    """What this machine is, in one line."""
    model = platform.processor() or platform.machine()
    cpu, memory = Path("/proc/cpuinfo"), Path("/proc/meminfo")
    if cpu.is_file() and (found := re.search(r"model name\s*: (.*)", cpu.read_text())):
        model = found[1]
    size = ""
    if memory.is_file() and (found := re.search(r"MemTotal:\s*(\d+)", memory.read_text())):
        size = f", {int(found[1]) / 2**20:.0f} GiB of memory"
    load = f"{os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else "unknown"
    python = platform.python_version()
    return f"{model}, {os.cpu_count()} cores{size}; Python {python}; load at the start {load}"


def measure(name: str, quick: bool) -> str:
    """The README's section of a part."""
    title, command, small = PARTS[name]
    asked = [*command, *(small if quick else [])]
    here = machine()
    print(f"-- {title}", flush=True)
    run = [] if asked[0].endswith(".py") else ["-m"]
    done = subprocess.run(
        [sys.executable, *run, *asked], cwd=HERE.parent, capture_output=True, text=True, check=False
    )
    print(done.stdout + done.stderr, flush=True)
    if done.returncode:
        raise SystemExit(f"{name} failed")
    said = done.stdout.strip()
    table = said if said.startswith("|") else f"```\n{said}\n```"
    when = f"`python {' '.join([*run, *asked])}`, {date.today():%Y-%m-%d}, on {here}."
    return f"## {title}\n\n{when}\n\n{table}\n"


def sections() -> dict[str, str]:
    """The README's sections as they are, by part."""
    text = README.read_text("utf8") if README.is_file() else ""
    found = {part.partition("\n")[0]: part for part in text.split("\n## ")[1:]}
    titles = {title: name for name, (title, _, _) in PARTS.items()}
    return {titles[title]: f"## {part.rstrip()}\n" for title, part in found.items()
            if title in titles}  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("parts", nargs="*", metavar="part", help="all by default")
    parser.add_argument("--quick", action="store_true")
    options = parser.parse_args()
    if unknown := sorted(set(options.parts) - PARTS.keys()):
        parser.error(f"no part is called {', '.join(unknown)}: choose from {', '.join(PARTS)}")
    known = sections()
    for name in options.parts or PARTS:
        known[name] = measure(name, options.quick)
        body = "\n".join(known[part] for part in PARTS if part in known)
        README.write_text(f"{INTRODUCTION}\n{body}", "utf8")


if __name__ == "__main__":
    main()
