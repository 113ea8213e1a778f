"""How long a build takes: clean, with no change, after a prose edit, after a library edit.

    python benchmarks/build.py

Works on a copy of the book, in processes of their own, as a person would build. The ideal of a
clean build is the sum of the pages' own run times shared by the cores; the goals are 1.3 times
that plus 10 s, 5 s with no change, and 6 s for a prose edit.
"""

from __future__ import annotations

import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
REPEATS = 3


def build(root: Path) -> tuple[float, str]:
    """Seconds of one whole `python -m tools.build`, and what it printed."""
    start = time.perf_counter()
    command = [sys.executable, "-m", "tools.build"]
    answer = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)
    if answer.returncode:
        raise SystemExit(answer.stderr)
    return time.perf_counter() - start, answer.stdout


def ran(output: str) -> list[str]:
    return [line.split()[1] for line in output.splitlines() if line.startswith("ran ")]


def report(name: str, seconds: list[float], note: str = "") -> None:
    middle = statistics.median(seconds)
    print(f"{name:<28} {middle:7.1f} s   ({min(seconds):.1f} to {max(seconds):.1f})   {note}")


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder, "book")
        shutil.copytree(ROOT, root, ignore=shutil.ignore_patterns("_build", ".venv", ".nox"))
        npm = ROOT / "_build" / "npm"  # installation is not part of the build
        if npm.is_dir():
            shutil.copytree(npm, root / "_build" / "npm")
        clean(root)
        edits(root)


def clean(root: Path) -> None:
    seconds, _ = build(root)
    records = (root / "_build" / "executed").rglob("*.json")
    pages = sum(json.loads(path.read_text())["seconds"] for path in records)
    cores = os.cpu_count() or 1
    ideal = pages / cores
    goal = 1.3 * ideal + 10
    report("clean", [seconds], f"ideal {ideal:.1f} s on {cores} cores, goal {goal:.1f} s")


def edits(root: Path) -> None:
    report("no change", [build(root)[0] for _ in range(REPEATS)], "goal 5 s")
    page = next(iter(sorted((root / "book" / "ellipse").glob("m*.md"))))
    prose = []
    for number in range(REPEATS):
        page.write_text(page.read_text() + f"\nOne more sentence, number {number}.\n")
        seconds, output = build(root)
        assert ran(output) == [], f"a prose edit ran {ran(output)}"
        prose.append(seconds)
    report("prose edit", prose, "goal 6 s, nothing run")
    module = root / "ebmlib" / "ellipse.py"
    module.write_text(module.read_text() + "\n# edited\n")
    seconds, output = build(root)
    report("edit of ebmlib.ellipse", [seconds], f"ran {' '.join(ran(output))}")


if __name__ == "__main__":
    main()
