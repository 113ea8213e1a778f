"""Two clean builds in two folders, and whether they give the same bytes.

    python -m tools.prove.reproduce [--root .] [--executed] [--pdf] [--keep FOLDER]

Site, notebooks and tables are compared, and the PDF with `--pdf`. `--executed` takes the pages'
outputs from the cache of this checkout, so that only the building is done twice.
"""

from __future__ import annotations

import argparse
import difflib
import filecmp
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from tools.book import Book, BookError

LEFT_OUT = ("_build", ".git", ".venv", ".nox", "__pycache__", ".*_cache", "node_modules")
EXECUTED = (".jupyter_cache", "executed", "tables", "recall.json")
COMPARED = ("site", "tables", "pdf")
# What cannot be the same, and why.
CAUSES = {"site/_static/run-seconds.js": "how many seconds each page ran, by the clock"}


def build_twice(root: Path, folder: Path, *, executed: bool, pdf: bool) -> list[Path]:
    """Build clean copies of a book in two folders whose paths differ in length, too."""
    copies = [folder / "one" / "book", folder / "the-other" / "copy"]
    for copy in copies:
        shutil.copytree(root, copy, ignore=shutil.ignore_patterns(*LEFT_OUT))
        for name in ("npm", *(EXECUTED if executed else ())):  # npm: an installation
            _share(root / "_build" / name, copy / "_build" / name)
        for tool in ("build", *(["print"] if pdf else [])):
            command = [sys.executable, "-m", f"tools.{tool}", "--root", str(copy)]
            done = subprocess.run(command, cwd=Path(__file__).parents[2], check=False)
            if done.returncode:
                raise BookError(f"{copy}: python -m tools.{tool} failed.")
    return copies


def _share(source: Path, target: Path) -> None:
    if source.is_dir():
        shutil.copytree(source, target, symlinks=True)
    elif source.is_file():
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source, target)


def differences(one: Path, other: Path) -> Iterator[tuple[str, str]]:
    """(file, first difference) for all that two builds do not share."""
    names = {name for copy in (one, other) for name in _outputs(copy)}
    for name in sorted(names):
        left, right = one / "_build" / name, other / "_build" / name
        if not (left.is_file() and right.is_file()):
            yield name, "is in one build only"
        elif not filecmp.cmp(left, right, shallow=False):
            yield name, _first_difference(left, right)


def _outputs(copy: Path) -> Iterator[str]:
    for folder in COMPARED:
        for path in sorted((copy / "_build" / folder).glob("**/*")):
            if path.is_file() and path.suffix != ".stamp":
                yield path.relative_to(copy / "_build").as_posix()


def _first_difference(left: Path, right: Path) -> str:
    try:
        one, other = (path.read_text("utf8").splitlines() for path in (left, right))
    except UnicodeDecodeError:
        return "differs, and is no text"
    changed = difflib.unified_diff(one, other, n=0, lineterm="")
    return " | ".join(line[:200] for line in list(changed)[2:5])


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--root", type=Path, default=Path.cwd())
    parser.add_argument("--executed", action="store_true", help="take the outputs from the cache")
    parser.add_argument("--pdf", action="store_true", help="the print edition, too")
    parser.add_argument("--keep", type=Path, help="an empty folder for both builds, to look at")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = (options.keep or Path(temporary)).resolve()
        try:
            root = Book(options.root.resolve()).root
            one, other = build_twice(root, folder, executed=options.executed, pdf=options.pdf)
        except (BookError, OSError) as error:
            print(error, file=sys.stderr)
            return 1
        found = dict(differences(one, other))
        count = sum(1 for _ in _outputs(one))
    unknown = 0
    for name, difference in found.items():
        cause = CAUSES.get(name)
        unknown += cause is None
        print(f"{name}: {cause or difference}")
    print(
        f"{count - len(found)} of {count} files have the same bytes; {unknown} differ unexplained"
    )
    return 1 if unknown else 0


if __name__ == "__main__":
    sys.exit(main())
