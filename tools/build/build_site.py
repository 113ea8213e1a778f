"""What a build does: nothing where nothing changed, else check, execute, let Sphinx build, swap.

The site of the last good build stays where it is until a new one is whole.
"""

from __future__ import annotations

import hashlib
import os
import sys
from collections.abc import Iterator

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
    files = [*SETTINGS, *(f"{page.docname}.md" for page in book.pages)]
    for folder in SOURCES:
        files += _below(str(book.root), folder)
    for name in files:
        path = f"{book.root}/{name}"
        if os.path.isfile(path):
            digest.update(f"\0{name}\0".encode())
            with open(path, "rb") as file:
                digest.update(file.read())
    return digest.hexdigest()


def _below(root: str, folder: str) -> Iterator[str]:
    """The files of a folder by their names from the root, without what is made."""
    for at, inside, names in os.walk(f"{root}/{folder}"):
        inside[:] = sorted(set(inside) - GENERATED)
        yield from (f"{at[len(root) + 1 :]}/{name}" for name in sorted(names))
