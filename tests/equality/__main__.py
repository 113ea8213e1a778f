"""Draw sequences of edits and compare each build with one from nothing.

    python -m tests.equality [NUMBER] [--first SEED] [--length EDITS] [--keep]

Each sequence is told by its seed, which draws it again.
"""

from __future__ import annotations

import argparse
import random
import shutil
import sys
import tempfile
import time
from pathlib import Path

from tests.equality.book import first
from tests.equality.compare import Desk, sequence
from tests.equality.edits import EDITS
from tests.faults.tiny import build, warm


def good(folder: Path) -> Path:
    """The first book, built."""
    told = build(Desk.new(folder / "book", first()).root)
    if told.code:
        raise SystemExit(told.text)
    shutil.copytree(folder / "book", folder / "kept", symlinks=True)
    return folder / "book"


def drawn(folder: Path, seed: int, length: int) -> list[str]:
    """One sequence on a copy of the first book: what went wrong."""
    root = folder / "book"
    shutil.rmtree(root)
    shutil.copytree(folder / "kept", root, symlinks=True)
    desk = Desk(root, first(), first().files())
    edits = random.Random(seed).choices(EDITS, k=length)
    return sequence(desk, seed, edits)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("number", type=int, nargs="?", default=20, help="sequences")
    parser.add_argument("--first", type=int, default=0, help="the first seed")
    parser.add_argument("--length", type=int, default=6, help="edits a sequence")
    options = parser.parse_args()
    warm()
    start, wrong = time.monotonic(), 0
    with tempfile.TemporaryDirectory() as place:
        good(Path(place))
        for seed in range(options.first, options.first + options.number):
            found = drawn(Path(place), seed, options.length)
            wrong += bool(found)
            if found:
                print("\n  ".join(found), flush=True)
    seconds = time.monotonic() - start
    print(f"{options.number} sequences of {options.length} edits, {wrong} wrong, {seconds:.0f} s")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
