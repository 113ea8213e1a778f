"""What the built site weighs, by kind, and what it adds to a zip; its heaviest single files.

    python -m benchmarks.weight [--root .]

A megabyte is a million bytes. The book must have been built.
"""

from __future__ import annotations

import argparse
import statistics
import zlib
from pathlib import Path

KINDS = ("pages", "tables", "notebooks", "other")
SITE, NOTEBOOK, MEDIAN, TABLE = 50, 2.5, 0.7, 1  # goals, MB


def kind(path: Path, site: Path) -> str:
    """Of a file of the site."""
    inside = path.relative_to(site).as_posix()
    if inside.startswith("_static/data/"):
        return "tables"
    return {".html": "pages", ".ipynb": "notebooks"}.get(path.suffix, "other")


def weights(site: Path) -> dict[str, dict[str, tuple[int, int]]]:
    """Kind -> file -> bytes, as they are and as a zip holds them."""
    found: dict[str, dict[str, tuple[int, int]]] = {name: {} for name in KINDS}
    for path in sorted(site.rglob("*")):
        if path.is_file():
            content = path.read_bytes()
            both = len(content), len(zlib.compress(content, 9))
            found[kind(path, site)][path.relative_to(site).as_posix()] = both
    return found


def rows(found: dict[str, dict[str, tuple[int, int]]]) -> list[tuple[str, int, float, float, str]]:
    """What, how many files, their bytes, in a zip, and the goal in MB."""
    made = []
    for name, files in found.items():
        plain, zipped = (sum(pair[i] for pair in files.values()) for i in (0, 1))
        made.append((name, len(files), float(plain), float(zipped), ""))
    count, plain, zipped = (sum(row[i] for row in made) for i in (1, 2, 3))
    made.append(("site", int(count), plain, zipped, f"at most {SITE}"))
    for name, goal in (("notebooks", NOTEBOOK), ("tables", TABLE)):
        path, (plain, zipped) = max(found[name].items(), key=lambda one: one[1])
        made.append((f"largest of the {name}: {path}", 1, plain, zipped, f"at most {goal}"))
    books = list(found["notebooks"].values())
    plain, zipped = (statistics.median(pair[i] for pair in books) for i in (0, 1))
    made.append(("median of the notebooks", 1, plain, zipped, f"under {MEDIAN}"))
    return made


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--root", type=Path, default=Path.cwd())
    site = parser.parse_args().root.joinpath("_build", "site").resolve()
    print("| what | files | MB | in a zip, MB | goal, MB |")
    print("| --- | --- | --- | --- | --- |")
    for what, files, plain, zipped, goal in rows(weights(site)):
        print(f"| {what} | {files} | {plain / 1e6:.2f} | {zipped / 1e6:.2f} | {goal} |")


if __name__ == "__main__":
    main()
