"""Build the book: execute what is stale, build strictly, swap the new site in.

    python -m tools.build [--root .] [--workers 2] [--force]

The site of the last good build stays where it is until a new one is whole.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import time
from pathlib import Path

from tools import repository
from tools.book import Book, BookError
from tools.build.build_site import build_site


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--root", type=Path, default=Path.cwd(), help="the book's folder")
    parser.add_argument("--workers", type=int, default=None, help="pages run at once")
    parser.add_argument("--limit", type=float, default=None, help="seconds a page may take")
    parser.add_argument("--force", action="store_true", help="build the site from nothing")
    options = parser.parse_args()
    return run(options.root, options.workers, options.limit, force=options.force)


def run(
    root: Path, workers: int | None = None, limit: float | None = None, *, force: bool = False
) -> int:
    """Build, and tell how it went; returns the command's exit code."""
    start = time.monotonic()
    try:
        book = Book(root.resolve())
        if force:
            for folder in (book.build / "work", book.tables):
                shutil.rmtree(folder, ignore_errors=True)
            (book.build / "site.stamp").unlink(missing_ok=True)
        done = build_site(book, workers, limit)
    except (BookError, OSError) as error:  # OSError: a full disk, a folder that is read-only
        print(f"{error}\nThe last good site is untouched.", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nstopped; what has run is kept and the next build goes on there.", file=sys.stderr)
        return 130
    print(f"{done} ({time.monotonic() - start:.1f} s)")
    print(f"The book: {book.build / 'site' / 'index.html'}")
    if said := repository.told(book):
        print(said)
    return 0


if __name__ == "__main__":
    sys.exit(main())
