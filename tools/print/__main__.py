"""Build the print edition: execute what is stale, write LaTeX strictly, typeset.

    python -m tools.print [dark] [--only NAME ...] [--root .]

`_build/pdf/energy-book.pdf` is for paper, `energy-book-dark.pdf` for the screen. `--only` makes a
volume: of chapters, each by the name of its folder, and of parts (`part-1` is the first numbered
one), as `energy-book-NAME.pdf`. A build that fails leaves the last good file where it is.
"""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

from tools.book import Book, BookError
from tools.print.pdf import NAMES, build_pdf
from tools.print.volume import choose


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--root", type=Path, default=Path.cwd(), help="the book's folder")
    parser.add_argument("edition", nargs="?", choices=sorted(NAMES), default="paper")
    parser.add_argument("--dark", action="store_true", help="the same as the edition 'dark'")
    parser.add_argument("--only", nargs="+", metavar="NAME", default=[], help="chapters, parts")
    parser.add_argument("--workers", type=int, default=None, help="pages run at once")
    options = parser.parse_args()
    start = time.monotonic()
    edition = "dark" if options.dark else options.edition
    try:
        book = Book(options.root.resolve())
        made = build_pdf(book, edition, options.workers, choose(book, options.only))
    except (BookError, OSError) as error:
        print(f"{error}\nThe last good PDF is untouched.", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nstopped; what has run is kept.", file=sys.stderr)
        return 130
    print(f"The book: {made} ({time.monotonic() - start:.1f} s)")
    return 0


if __name__ == "__main__":
    sys.exit(main())
