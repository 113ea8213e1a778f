"""The zip holds the whole book, and the same site gives the same bytes."""

from __future__ import annotations

import os
import zipfile
from pathlib import Path

import pytest

from tests.helpers.tiny import make_book
from tools.book import Book, BookError
from tools.publish.offline import offline


@pytest.fixture
def book(tmp_path: Path) -> Book:
    """A book as if it had been built; its site is a link, as that of a real build."""
    make_book(tmp_path)
    site = tmp_path / "_build" / "sites" / "0001"
    for name in ("index.html", "one.ipynb", "_static/data/one.txt", ".buildinfo"):
        (site / name).parent.mkdir(parents=True, exist_ok=True)
        (site / name).write_text(name * 50)
    (tmp_path / "_build" / "site").symlink_to("sites/0001", target_is_directory=True)
    return Book(tmp_path)


def test_it_holds_all_and_says_how_to_open_it(book: Book, tmp_path: Path) -> None:
    wheel = tmp_path / "ebmlib-1-py3-none-any.whl"
    wheel.write_bytes(b"wheel")
    (book.build / "pdf").mkdir()
    (book.build / "pdf" / "energy-book.pdf").write_bytes(b"pdf")
    (book.build / "pdf" / "energy-book-part-1.pdf").write_bytes(b"a volume, which is left out")
    archive = zipfile.ZipFile(offline(book, wheel))
    names = archive.namelist()
    told = archive.read("energy-book/README.txt").decode()
    assert "index.html" in told
    assert "The book in print is energy-book.pdf." in told
    assert sorted(name.removeprefix("energy-book/") for name in names) == [
        "README.txt",
        "_static/data/one.txt",
        "ebmlib-1-py3-none-any.whl",
        "energy-book.pdf",
        "index.html",
        "one.ipynb",
    ]


def test_the_same_site_gives_the_same_bytes(book: Book) -> None:
    before = offline(book).read_bytes()
    for path in book.build.rglob("*"):
        os.utime(path, (1, 1))
        path.chmod(0o755)
    assert offline(book).read_bytes() == before


def test_a_book_that_is_not_built_is_refused(tmp_path: Path) -> None:
    make_book(tmp_path)
    with pytest.raises(BookError, match="build the book first"):
        offline(Book(tmp_path))
