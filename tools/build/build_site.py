"""What a build does: nothing where nothing changed, else check, execute, let Sphinx build, swap.

The site of the last good build stays where it is until a new one is whole.
"""

from __future__ import annotations

import hashlib
import sys

from tools import editions, repository
from tools.book import Book
from tools.files import write_atomically

SOURCES = ("book", "ebmlib", "tools", "tests/claims")
SETTINGS = (
    *("_config.yml", "_toc.yml", "constraints.txt", "pyproject.toml"),
    *("CHANGELOG.md", "CITATION.cff"),  # shown on pages
)
GENERATED = {"__pycache__", "_build", "node_modules", ".ipynb_checkpoints"}


def build_site(book: Book, workers: int | None = None, limit: float | None = None) -> str:
    """Bring `_build/site` up to date; returns a line that says what was done."""
    stamp_file = book.build / "site.stamp"
    stamp = sources_stamp(book)
    index = book.build / "site" / "index.html"
    if index.is_file() and stamp_file.is_file() and stamp_file.read_text("utf8") == stamp:
        return "nothing has changed since the last good build"
    from tools.build.check import check, check_outputs

    check(book)
    from tools.build import finished
    from tools.build.site import publish
    from tools.build.sphinx_build import build
    from tools.execute.execution import LIMIT, execute

    report = execute(book, workers, limit or LIMIT)
    check_outputs(book)
    work = book.build / "work"
    build(book, "html", work / "html", work / "doctrees")
    finished.check(book, work / "html")
    publish(work / "html", book.build / "site", book.build / "sites")
    write_atomically(stamp_file, stamp)
    return f"{len(report.ran)} pages run, {len(report.kept)} kept"


def sources_stamp(book: Book) -> str:
    """A hash of everything that a build reads, and of what its links name."""
    from tools.build.sphinx_build import commit

    edition = editions.current()
    facts = (sys.version, commit(book.root), edition, repository.address(book))
    digest = hashlib.sha256("\0".join(facts).encode())
    files = [book.root / name for name in SETTINGS] + [page.path for page in book.pages]
    for folder in SOURCES:
        files += sorted((book.root / folder).rglob("*"))
    for path in files:
        if path.is_file() and not GENERATED & set(path.relative_to(book.root).parts):
            digest.update(f"\0{book.relative(path)}\0".encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()
