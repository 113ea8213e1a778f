"""Lies are planted in a copy of a page, and whether it notices is told."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from tests.helpers.tiny import cell, make_book
from tools.book import Book, BookError
from tools.prove import mutate

PAGE = (
    "# P\n\n"
    + cell("steps = 3\nx = 2.0\nfor _ in range(steps):\n    x = x / 2")
    + cell("assert x < 1")
)
SEEN = {"lie": "trains no step", "old": "steps = 3", "new": "steps = 0", "headline": True}
UNSEEN = {"lie": "trains one step less", "old": "steps = 3", "new": "steps = 2", "headline": False}
BROKEN = {"lie": "no x", "old": "x = 2.0", "new": "z = 2.0", "headline": False}


def book(root: Path, *entries: dict[str, object], page: str = "book/a/p") -> Book:
    make_book(root, **{"book/a/p": PAGE})
    table = root / mutate.TABLE
    table.mkdir(parents=True)
    (table / "a.json").write_text(json.dumps({page: entries}))
    return Book(root)


def test_what_is_noticed_and_what_is_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    book(tmp_path, SEEN, UNSEEN, BROKEN)
    monkeypatch.setattr(sys, "argv", ["mutate", "--root", str(tmp_path), "a"])
    assert mutate.main() == 1
    said = capsys.readouterr().out
    assert "book/a/p: trains no step (headline): noticed" in said
    assert "book/a/p: trains one step less: does not notice" in said
    assert "book/a/p: no x: stops, but by no assertion: line" in said
    assert "NameError" in said
    assert "1 of 3 lies are noticed" in said
    assert "steps = 3" in tmp_path.joinpath("book/a/p.md").read_text()  # the page is as it was


def test_a_text_that_stands_not_once_is_told(tmp_path: Path) -> None:
    lie = mutate.Lie("p", "x", "gone", "new", False)
    with pytest.raises(BookError, match="It stands there 0 times"):
        lie.plant("words")
    with pytest.raises(BookError, match="It stands there 2 times"):
        lie.plant("gone gone")


def test_a_table_that_is_none_is_told(tmp_path: Path) -> None:
    made = book(tmp_path / "one", {"lie": "x"})
    with pytest.raises(BookError, match="book/a/p: a lie has"):
        mutate.lies(made.root)
    made = book(tmp_path / "two", SEEN, page="book/a/gone")
    with pytest.raises(BookError, match="no page book/a/gone that runs"):
        mutate.chosen(made, [])
    made = book(tmp_path / "three", SEEN)
    with pytest.raises(BookError, match=r"'b': .* has no lies of such a page or chapter"):
        mutate.chosen(made, ["b"])
