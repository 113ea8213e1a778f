"""Lay out what is published: the site with its editions, the notebooks with what Binder needs.

    python -m tools.publish OUT [--root .]     write OUT/site and OUT/notebooks
    python -m tools.publish OUT --send         and push the notebooks to their branch
    python -m tools.publish OUT --edition v0.1.0 [--send]
                                               the edition's site to the branch `editions`, its
                                               notebooks to a tag of their own

`OUT/site` is the web's root; the editions stand in it, each under its version. Nothing is sent
without `--send`. Placeholder addresses are refused: they would lead readers nowhere.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from tools import editions
from tools.book import Book, BookError
from tools.publish import branches
from tools.publish.lay_out import EDITIONS, SETTINGS, publish, refuse_placeholder, send


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("out", type=Path)
    parser.add_argument("--root", type=Path, default=Path.cwd())
    parser.add_argument("--edition", default="", help="the tag, v1.2.3")
    parser.add_argument("--send", action="store_true", help="push, too")
    options = parser.parse_args()
    out = options.out.resolve()
    try:
        book = Book(options.root.resolve())
        if options.edition:
            editions.check(book, options.edition)
        for name in SETTINGS:
            refuse_placeholder(book, name)
        sends = options.send and not options.edition
        published = branches.fetched(book.root, EDITIONS) if sends else ""
        written = publish(book, out, published)
        if options.send:
            send(book, out, options.edition)
    except BookError as error:
        print(error, file=sys.stderr)
        return 1
    print(f"the site and {len(written)} notebooks are in {options.out}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
