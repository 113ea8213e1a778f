"""The built site, over HTTP and from the file system.

`nox -s tests` builds the book first; run alone, these tests need `_build/site`, or the folder
that EBM_SITE names: `nox -s offline` has them read the unzipped book.
"""

from __future__ import annotations

import os
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.helpers import visits
from tests.helpers.browser import served as serving
from tests.helpers.tiny import REPOSITORY
from tools.book import Book
from tools.build.checks.moved import moved
from tools.publish.offline import offline

SITE = Path(os.environ.get("EBM_SITE") or REPOSITORY / "_build" / "site")
# The pages of the contents, in the order in which they are read.
BOOK_PAGES = [page.docname for page in Book(REPOSITORY).pages]
MOVED = {one.old for one in moved(Book(REPOSITORY))}


def all_pages() -> list[str]:
    """Every page of the site, the heaviest first; none of those that only lead to another."""
    root = SITE.resolve()
    files = [path for path in root.rglob("*.html") if path != root / "index.html"]
    files.sort(key=lambda path: (-path.stat().st_size, path))
    names = [path.relative_to(root).as_posix().removesuffix(".html") for path in files]
    names = [name for name in names if name not in MOVED and not _repeats(name)]
    return names or BOOK_PAGES  # a site that is not built fails at its first page


def _repeats(name: str) -> bool:
    """All sources are one page with other words: three stand for them."""
    folder, _, rest = name.partition("/")
    seen = ("index", "book.ellipse.free-energy.md", "ebmlib.soft.py")
    return folder == "source" and rest not in seen


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.site)
            visits.mark(item)


@pytest.fixture(scope="session")
def served() -> Iterator[str]:
    """The site's address on this machine."""
    assert (SITE / "index.html").is_file(), "the site is not built: nox -s book"
    with serving(SITE) as address:
        yield address


@pytest.fixture(scope="session")
def folder() -> str:
    """The site's address as a folder of files."""
    return SITE.resolve().as_uri()


@pytest.fixture(scope="session")
def taken(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The book that is taken along, unzipped elsewhere; or the folder that EBM_SITE names."""
    if os.environ.get("EBM_SITE"):
        return SITE.resolve()
    out = tmp_path_factory.mktemp("a folder of my own")  # with spaces, as folders have
    with zipfile.ZipFile(offline(Book(REPOSITORY))) as archive:
        archive.extractall(out)
    return next(out.iterdir())
