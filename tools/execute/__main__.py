"""Execute the stale pages of a book in parallel, into the cache that myst-nb reads.

python -m tools.execute [--root .] [--workers 2] [--limit 300]
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from tools.book import Book, BookError
from tools.execute.execution import LIMIT, execute


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--root", type=Path, default=Path.cwd())
    parser.add_argument("--workers", type=int, default=None)
    parser.add_argument("--limit", type=float, default=LIMIT, help="seconds a page may take")
    options = parser.parse_args()
    try:
        report = execute(Book(options.root.resolve()), options.workers, options.limit)
    except BookError as error:
        print(error, file=sys.stderr)
        return 1
    print(f"pages: {len(report.ran)} run, {len(report.kept)} kept")
    return 0


if __name__ == "__main__":
    sys.exit(main())
