"""Lay out what is published: the site, and the notebooks with what Binder needs.

    python -m tools.publish OUT [--root .]

`OUT/site` goes to the web, `OUT/notebooks` to the branch `notebooks`. Nothing is sent anywhere.
Placeholder addresses are refused: readers would be led to a place that does not exist.
"""

from __future__ import annotations

import argparse
import shutil
import sys
from pathlib import Path

from tools.book import Book, BookError

PLACEHOLDERS = ("example.invalid", "OWNER")
SETTINGS = ("ebm_repository", "ebm_site")


def publish(book: Book, out: Path) -> list[str]:
    """Write both folders anew; returns the notebooks' paths on their branch.

    Raises:
        BookError: if an address is a placeholder, or the book has not been built.
    """
    for name in SETTINGS:
        refuse_placeholder(book, name)
    site = book.build / "site"
    if not (site / "index.html").is_file():
        raise BookError(f"{site} is missing: build the book first (nox -s book).")
    for folder in ("site", "notebooks"):
        shutil.rmtree(out / folder, ignore_errors=True)
    shutil.copytree(site, out / "site")
    (out / "site" / ".nojekyll").touch()  # else GitHub's pages would leave out _static
    return _notebooks(book, site, out / "notebooks")


def refuse_placeholder(book: Book, name: str) -> None:
    """Raise BookError if the address of that name in `_config.yml` is still a placeholder."""
    sphinx = book.config.get("sphinx") or {}
    settings = sphinx.get("config") or {} if isinstance(sphinx, dict) else {}
    address = str(settings.get(name, ""))
    if not address or any(word in address for word in PLACEHOLDERS):
        path = book.root / "_config.yml"
        lines = path.read_text(encoding="utf8").splitlines()
        line = next((i for i, text in enumerate(lines, 1) if f"{name}:" in text), 1)
        raise BookError(f"{path}:{line}: {name} must be a real address. Got {address!r}.")


def _notebooks(book: Book, site: Path, out: Path) -> list[str]:
    written = []
    for page in book.notebooks:
        name = f"{page.docname}.ipynb"
        (out / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(site / name, out / name)
        written.append(name)
    shutil.copytree(book.root / "binder", out / "binder")
    return written


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("out", type=Path)
    parser.add_argument("--root", type=Path, default=Path.cwd())
    options = parser.parse_args()
    try:
        written = publish(Book(options.root.resolve()), options.out.resolve())
    except BookError as error:
        print(error, file=sys.stderr)
        return 1
    print(f"the site and {len(written)} notebooks are in {options.out}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
