"""How long builds take, and how that grows with the pages.

    python -m benchmarks.build growth [--pages 5 30 120]   beside plain Jupyter Book
    python -m benchmarks.build book [--cached]             this book: clean, no change, edits

Everything is built in copies, in processes of their own, as a person would build. CPU seconds are
user and system of all processes. `--cached` leaves the clean build of the book out.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.generated import COPIED, book, edit, plain
from benchmarks.turns import spread

ROOT = Path(__file__).resolve().parents[1]
OURS = [sys.executable, "-m", "tools.build"]
ONE_CORE = ["taskset", "-c", "0", sys.executable, "-m", "tools.execute", "--workers", "1"]
PEER = [sys.executable, "-c", "from jupyter_book.cli.main import main; main()", "build", "-q"]


@dataclass
class Times:
    """What several runs of one command took."""

    wall: list[float] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)
    memory: float = 0.0  # MiB, of the greatest process

    def add(self, command: list[str], folder: Path) -> str:
        """Run once more; returns what the command printed."""
        begun, before = time.perf_counter(), resource.getrusage(resource.RUSAGE_CHILDREN)
        said = subprocess.run(
            command, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        )
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        if said.returncode:
            raise SystemExit(said.stdout)
        self.wall.append(time.perf_counter() - begun)
        self.cpu.append(
            sum(getattr(after, k) - getattr(before, k) for k in ("ru_utime", "ru_stime"))
        )
        self.memory = max(self.memory, after.ru_maxrss / 1024)
        return said.stdout

    def __str__(self) -> str:
        return f"{spread(self.cpu, 1)} | {spread(self.wall, 1)}"


def ran(output: str) -> list[str]:
    return [line.split()[1] for line in output.splitlines() if line.startswith("ran ")]


def row(*cells: object) -> None:
    print(f"| {' | '.join(map(str, cells))} |", flush=True)


def series(
    root: Path, command: list[str], repeats: int, edited: Callable[[int], None]
) -> list[Times]:
    """Clean, no change (several), prose edit (several)."""
    clean, still, prose = Times(), Times(), Times()
    clean.add(command, root)
    for _ in range(repeats):
        still.add(command, root)
    for number in range(repeats):
        edited(number)
        assert not ran(prose.add(command, root)), "a prose edit ran a page"
    return [clean, still, prose]


def growth(pages: list[int], repeats: int, alone: bool) -> None:
    """Ours beside plain Jupyter Book on the same generated sources."""
    row("pages", "build", "ours, CPU s", "ours, wall s", "Jupyter Book, CPU s",
        "Jupyter Book, wall s", "ours / peer, CPU")  # fmt: skip
    row(*["---"] * 7)
    edits: dict[int, float] = {}
    for count in pages:
        with tempfile.TemporaryDirectory() as folder:
            mine, theirs = Path(folder, "ours"), Path(folder, "peer")
            book(mine, count, ROOT)
            plain(theirs, count)
            ours = series(mine, OURS, repeats, lambda number, at=mine: edit(at, number))
            peer = ours
            if not alone:
                peer = series(theirs, [*PEER, "."], repeats, lambda n, at=theirs: edit(at, n))
        for name, one, other in zip(("clean", "no change", "prose edit"), ours, peer, strict=True):
            ratio = statistics.median(one.cpu) / statistics.median(other.cpu)
            row(count, name, one, *(("-", "-", "-") if alone else (other, f"{ratio:.2f}")))
        edits[count] = statistics.median(ours[2].cpu)
    least, most = min(edits), max(edits)
    ratio = edits[most] / edits[least]
    print(f"\nA prose edit on {most} pages costs {ratio:.2f} times one on {least} (goal 1.5).")


def copied(root: Path, kept: Iterable[str]) -> Path:
    """A copy of this book at `root`; of what is made, with what is installed and `kept` alone."""
    shutil.copytree(ROOT, root, ignore=shutil.ignore_patterns("_build", ".venv", ".nox"))
    for name in ("npm", *kept):  # installation is not part of a build
        place = ROOT / "_build" / name
        if place.is_dir():
            shutil.copytree(place, root / "_build" / name)
    return root


def real(repeats: int, cached: bool) -> None:
    """This book: clean, no change, a prose edit, an edit of a module."""
    row("build", "CPU s", "wall s", "greatest process, MiB", "note")
    row(*["---"] * 5)
    with tempfile.TemporaryDirectory() as folder:
        root = copied(Path(folder, "book"), COPIED if cached else ())
        clean = Times()
        ran_now = ran(clean.add(OURS, root))
        seconds = [json.loads(path.read_text())["seconds"]
                   for path in (root / "_build" / "executed").rglob("*.json")]  # fmt: skip
        ideal = sum(seconds) / (os.cpu_count() or 1)
        site = Times()
        site.add([*OURS, "--force"], root)
        note = f"{len(ran_now)} pages run; ideal {ideal:.0f} s (pages' seconds / cores)"
        if not cached:
            whole, running = clean.wall[0] / ideal, (clean.wall[0] - site.wall[0]) / ideal
            note += f"; wall / ideal {whole:.2f}, without the site {running:.2f} (goal 1.15)"
            row("clean", clean, f"{clean.memory:.0f}", note)
        row("site alone, from nothing", site, f"{site.memory:.0f}", "all pages kept")
        edits(root, repeats)
        if not cached:
            shutil.rmtree(root / "_build" / "executed")
            single = Times()
            count = len(ran(single.add(ONE_CORE, root)))
            note = f"{count} pages, one after another on one core; goal 480 s"
            row("execution alone", single, f"{single.memory:.0f}", note)


def edits(root: Path, repeats: int) -> None:
    still, prose = Times(), Times()
    for _ in range(repeats):
        still.add(OURS, root)
    row("no change", still, "", "goal 5 s")
    page = root / "book" / "ellipse" / "manifold.md"
    for number in range(repeats):
        page.write_text(page.read_text() + f"\nOne more sentence, number {number}.\n")
        assert not ran(prose.add(OURS, root)), "a prose edit ran a page"
    row("prose edit", prose, "", "goal 6 s, nothing run")


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("what", choices=["growth", "book"])
    parser.add_argument("--pages", type=int, nargs="+", default=[5, 30, 120])
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument("--alone", action="store_true", help="growth without the peer")
    parser.add_argument("--cached", action="store_true")
    options = parser.parse_args()
    if options.what == "growth":
        growth(options.pages, options.repeats, options.alone)
    else:
        real(options.repeats, options.cached)


if __name__ == "__main__":
    main()
