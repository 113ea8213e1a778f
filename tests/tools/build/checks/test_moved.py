"""The list of pages that moved: what leads nowhere, and from where a page stands."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.helpers.checks import told
from tests.helpers.tiny import make_book
from tools.book import Book
from tools.build.checks.moved import Moved, check, moved

HEAD = "# Pages that moved\n"


def listed(root: Path, text: str) -> Book:
    make_book(root, **{"book/a/one": "(a-one)=\n# One\n", "book/a/two": "(a-two)=\n# Two\n"})
    (root / "book" / "moved.yml").write_text(HEAD + text, "utf8")
    return Book(root)


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("book/a/one: book/a/two", 2, "the page 'book/a/one' is there"),
        ("book/a/_draft: book/a/two", 2, "a line must be an old page and a new one"),
        ("search: book/a/two", 2, "the page 'search' is there"),
        ("book/a/none: book/a/on", 2,
         "no page 'book/a/on' in _toc.yml to lead to: did you mean 'book/a/one'?"),
        ("book/a/x: book/a/y\nbook/a/y: book/a/one", 2, "no page 'book/a/y' in _toc.yml"),
        ("book/a/x: book/a/one\nbook/a/x: book/a/two", 3, "'book/a/x' stands in line 2 already"),
        ("../x: book/a/one", 2, "Got '../x': 'book/a/one'"),
        ("book/a/x: [book/a/one]", 2, "a line must be an old page and a new one"),
        ("- book/a/x", 2, "a line must be an old page and a new one"),
        ("book/a/x: 'book/a/one", 2, "this is not YAML"),
    ],
)  # fmt: skip
def test_a_wrong_line_is_told(tmp_path: Path, text: str, line: int, words: str) -> None:
    listed(tmp_path, f"{text}\n")
    found = [one for one in told(tmp_path) if f"book/moved.yml:{line}: " in one]
    assert len(found) == 1
    assert words in found[0]


def test_a_page_out_of_the_contents_is_there_too(tmp_path: Path) -> None:
    book = listed(tmp_path, "book/a/draft: book/a/one\n")
    assert list(check(book)) == []
    (tmp_path / "book/a/draft.md").write_text("# Draft\n")
    assert [one.line for one in check(book)] == [2]


def test_a_right_list_and_none(tmp_path: Path) -> None:
    book = listed(tmp_path, "book/a/old: book/a/one\nbook/b/older: book/a/one\n")
    assert moved(book)[1] == Moved(3, "book/b/older", "book/a/one")
    assert told(tmp_path) == []
    assert moved(listed(tmp_path, "")) == []
    (tmp_path / "book" / "moved.yml").unlink()
    assert moved(book) == []
