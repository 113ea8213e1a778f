"""Build the book: execute what is stale, build strictly, swap the new site in.

    python -m tools.build [--root .] [--workers 2] [--force]

The site of the last good build stays where it is until a new one is whole.
"""

from __future__ import annotations

import argparse
import hashlib
import shutil
import sys
import time
from pathlib import Path

from tools import editions
from tools.book import Book, BookError
from tools.files import write_atomically

SOURCES = ("book", "ebmlib", "tools")
SETTINGS = ("_config.yml", "_toc.yml", "constraints.txt", "pyproject.toml")
GENERATED = {"__pycache__", "_build", "node_modules", ".ipynb_checkpoints"}


def build_site(book: Book, workers: int | None = None, limit: float | None = None) -> str:
    """Bring `_build/site` up to date; returns a line that says what was done."""
    stamp_file = book.build / "site.stamp"
    stamp = sources_stamp(book)
    index = book.build / "site" / "index.html"
    if index.is_file() and stamp_file.is_file() and stamp_file.read_text("utf8") == stamp:
        return "nothing has changed since the last good build"
    from tools.check import check

    check(book)
    from tools.execute import LIMIT, execute
    from tools.site import publish
    from tools.sphinx_build import build

    report = execute(book, workers, limit or LIMIT)
    work = book.build / "work"
    build(book, "html", work / "html", work / "doctrees")
    publish(work / "html", book.build / "site", book.build / "sites")
    write_atomically(stamp_file, stamp)
    return f"{len(report.ran)} pages run, {len(report.kept)} kept"


def sources_stamp(book: Book) -> str:
    """A hash of everything that a build reads, and of the commit that its links name."""
    from tools.sphinx_build import commit

    edition = editions.current()
    digest = hashlib.sha256(f"{sys.version}\0{commit(book.root)}\0{edition}".encode())
    files = [book.root / name for name in SETTINGS] + [page.path for page in book.pages]
    for folder in SOURCES:
        files += sorted((book.root / folder).rglob("*"))
    for path in files:
        if path.is_file() and not GENERATED & set(path.relative_to(book.root).parts):
            digest.update(f"\0{book.relative(path)}\0".encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--root", type=Path, default=Path.cwd(), help="the book's folder")
    parser.add_argument("--workers", type=int, default=None, help="pages run at once")
    parser.add_argument("--limit", type=float, default=None, help="seconds a page may take")
    parser.add_argument("--force", action="store_true", help="build the site from nothing")
    options = parser.parse_args()
    start = time.monotonic()
    try:
        book = Book(options.root.resolve())
        if options.force:
            shutil.rmtree(book.build / "work", ignore_errors=True)
            (book.build / "site.stamp").unlink(missing_ok=True)
        done = build_site(book, options.workers, options.limit)
    except (BookError, OSError) as error:  # OSError: a full disk, a folder that is read-only
        print(f"{error}\nThe last good site is untouched.", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nstopped; what has run is kept and the next build goes on there.", file=sys.stderr)
        return 130
    print(f"{done} ({time.monotonic() - start:.1f} s)")
    print(f"The book: {book.build / 'site' / 'index.html'}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
