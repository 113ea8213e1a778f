"""What is about to be published is whole: every notebook was run, every button leads to one."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.helpers.tiny import cell, make_book
from tests.tools.publish.test_lay_out import NOTEBOOK, RAN
from tools.book import Book, BookError
from tools.publish.check_site import check

COLAB = 'href="https://colab.invalid/github/x/y/blob/main/{}.ipynb"'
NOT_RUN = json.dumps({"cells": [RAN | {"execution_count": None}]})


@pytest.fixture
def book(tmp_path: Path) -> Book:
    root = make_book(tmp_path, one="# One\n\n" + cell("1"))
    (root / "site").mkdir()
    (root / "site" / "one.ipynb").write_text(NOTEBOOK)
    (root / "site" / "one.html").write_text(f"<a {COLAB.format('one')}>")
    return Book(root)


def test_a_whole_site_passes(book: Book) -> None:
    check(book, book.root / "site")


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("one.ipynb", NOT_RUN, r"one\.ipynb: a notebook without outputs"),
        ("one.ipynb", "{", r"one\.ipynb:1: is no notebook"),
        ("one.html", f"\n<a {COLAB.format('two')}>", r"one\.html:2: the button for two\.ipynb"),
    ],
)
def test_what_is_not_whole_is_told(book: Book, name: str, text: str, message: str) -> None:
    (book.root / "site" / name).write_text(text)
    with pytest.raises(BookError, match=message):
        check(book, book.root / "site")


def test_a_lost_notebook_is_told(book: Book) -> None:
    (book.root / "site" / "one.ipynb").unlink()
    with pytest.raises(BookError, match=r"one\.ipynb: is missing"):
        check(book, book.root / "site")
