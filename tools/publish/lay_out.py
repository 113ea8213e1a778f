"""The folders that are published: the site with its editions, the notebooks with Binder's file.

`OUT/site` is the web's root; the editions stand in it, each under its version. Placeholder
addresses are refused: they would lead readers nowhere.
"""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from urllib.parse import urlsplit

from tools import editions, repository
from tools.book import Book, BookError, line_of, table_files
from tools.publish import branches, check_site

SETTINGS = (repository.SETTING, "ebm_site")
# Addresses in a page that depend on where it stands.
RELATIVE = re.compile(r'\b(href|src|action|data-content_root)="(?![a-z]+:|/|#)')
NOTEBOOKS, EDITIONS = "notebooks", "editions"


def publish(book: Book, out: Path, published: str = "") -> list[str]:
    """Write both folders anew; returns the notebooks' paths on their branch.

    Args:
        book: has been built.
        out: the folder to write to.
        published: the commit that holds the sites of all editions, if there is one.

    Raises:
        BookError: if an address is a placeholder, or the book has not been built whole.
    """
    for name in SETTINGS:
        refuse_placeholder(book, name)
    site = book.build / "site"
    if not (site / "index.html").is_file():
        raise BookError(f"{site} is missing: build the book first (nox -s book).")
    check_site.check(book, site)
    for folder in ("site", "notebooks"):
        shutil.rmtree(out / folder, ignore_errors=True)
    shutil.copytree(site, out / "site")
    (out / "site" / ".nojekyll").touch()  # else GitHub's pages would leave out _static
    anchor_lost_page(out / "site" / "404.html", editions.setting(book, "ebm_site"))
    if published:
        branches.lay_out(book.root, published, out / "site")
        editions.tell(out / "site")
    return lay_out_notebooks(book, out / "notebooks")


def anchor_lost_page(path: Path, site: str) -> None:
    """Let the page that a host shows for a wrong address, however deep, find the site's files."""
    if path.is_file():
        root = urlsplit(site).path.rstrip("/")
        text = RELATIVE.sub(rf'\1="{root}/', path.read_text("utf8"))
        path.write_text(text, "utf8")


def refuse_placeholder(book: Book, name: str) -> None:
    """Raise BookError if the address of that name in `_config.yml` is still a placeholder."""
    given = editions.setting(book, name)
    address = repository.address(book) if name == repository.SETTING else given
    if repository.is_placeholder(address):
        path = book.root / "_config.yml"
        line = line_of(path, f"{name}:")
        raise BookError(f"{path}:{line}: {name} must be a real address. Got {given!r}.")


def lay_out_notebooks(book: Book, out: Path) -> list[str]:
    """The notebooks at their pages' paths, the tables that they read, and Binder's file."""
    site, written = book.build / "site", []
    for page in book.notebooks:
        name = f"{page.docname}.ipynb"
        _copy(site / name, out / name)
        for table in page.reads:
            for path in table_files(site / "_static" / "data", table):
                _copy(path, out / "_static" / "data")
        written.append(name)
    shutil.copytree(book.root / "binder", out / "binder", dirs_exist_ok=True)
    return written


def _copy(source: Path, target: Path) -> None:
    """A file to a file, or into a folder: one whose name has no ending."""
    target = target if target.suffix else target / source.name
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, target)


def send(book: Book, out: Path, edition: str = "") -> None:
    """Push what has been laid out: to `notebooks`, or an edition to its places.

    Raises:
        BookError: if git fails, or if the edition is published already.
    """
    root, what = book.root, f"of {edition or branches.git(book.root, 'rev-parse', 'HEAD')}"
    notebooks = branches.commit(root, out / "notebooks", f"Notebooks {what}")
    if not edition:
        branches.push(root, notebooks, f"refs/heads/{NOTEBOOKS}", force=True)
        return
    before = branches.fetched(root, EDITIONS)
    site = branches.commit(root, out / "site", f"Site {what}", parent=before, below=edition)
    branches.push(root, notebooks, f"refs/tags/notebooks-{edition}")
    branches.push(root, site, f"refs/heads/{EDITIONS}")
