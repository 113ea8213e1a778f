"""A site of one page and the author's desk over it."""

from __future__ import annotations

from pathlib import Path

from _ext.theme.policy import META
from tests.helpers.tiny import make_book
from tools.book import Book
from tools.build.desk import Desk
from tools.build.warm import Told


def site(root: Path, name: str) -> None:
    """A site of one page, as publishing would leave it."""
    page = root / "_build" / "sites" / name / "index.html"
    page.parent.mkdir(parents=True)
    page.write_text(f"<head>{META}</head><p>{name}</p>")
    link = root / "_build" / "site"
    link.unlink(missing_ok=True)
    link.symlink_to(page.parent)


def one_page(root: Path) -> Desk:
    """A desk whose builds succeed and say nothing."""
    site(make_book(root), "0001")
    return Desk(Book(root), lambda: Told(0, ""))
