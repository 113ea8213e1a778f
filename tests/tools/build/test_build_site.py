"""A build does nothing where nothing changed."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.helpers.executed import build
from tests.helpers.tiny import cell, make_book, write_page
from tools.book import Book
from tools.build.build_site import sources_stamp

GOOD = "(good)=\n# Good\n\n" + cell("print('good')")


def test_the_stamp_changes_with_any_source_and_with_nothing_that_is_made(tmp_path: Path) -> None:
    book = Book(make_book(tmp_path, **{"book/near/one": "# One\n"}))
    before = sources_stamp(book)
    (tmp_path / "book" / "_build").mkdir()
    (tmp_path / "book" / "_build" / "made.html").touch()
    assert sources_stamp(book) == before
    (tmp_path / "tests" / "claims").mkdir(parents=True)
    shown = ("CHANGELOG.md", "CITATION.cff", "tests/claims/near.json")
    for name in ("book/near/drawn.svg", "constraints.txt", *shown):
        (tmp_path / name).write_text("new")
        assert sources_stamp(book) != before
        (tmp_path / name).unlink()
    write_page(tmp_path, "book/near/one", "# Two\n")
    assert sources_stamp(book) != before


@pytest.mark.slow
def test_nothing_changed_builds_nothing_and_new_outputs_are_shown(tmp_path: Path) -> None:
    root = make_book(tmp_path, good=GOOD)
    assert build(root).returncode == 0
    assert "nothing has changed" in build(root).stdout
    write_page(root, "good", GOOD.replace("print('good')", "print('better')"))
    assert build(root).returncode == 0
    assert "better" in (root / "_build" / "site" / "good.html").read_text()
    assert len(list((root / "_build" / "sites").iterdir())) == 1
