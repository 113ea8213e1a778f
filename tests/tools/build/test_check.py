"""What the check tells before any page runs; planted faults of pages: tests/faults."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.helpers.tiny import make_book, write_page
from tools.book import Book, BookError
from tools.build.check import check


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return make_book(tmp_path, **{"book/near/kernel": "(near-kernel)=\n# Kernel\n"})


def told(root: Path) -> list[str]:
    try:
        check(Book(root))
    except BookError as error:
        return str(error).splitlines()
    return []


@pytest.mark.parametrize("name", ["beside", "book/near/other", "book/far/one", "book/far/off/one"])
def test_a_page_that_no_contents_name_is_told(root: Path, name: str) -> None:
    write_page(root, name, "# Away\n")
    assert told(root) == [f"{name}.md:1: no line of _toc.yml names this page"]


def test_a_folder_without_pages_is_told(root: Path) -> None:
    (root / "book" / "far").mkdir()
    (root / "book" / "far" / "penguins.ipynb").write_text("{}")
    assert told(root) == ["book/far:1: no line of _toc.yml names a page of this folder"]


def test_drafts_and_what_is_no_page_are_passed_over(root: Path) -> None:
    for name in ("near/_draft", "_ext/words", "near/_old/page", "diagrams/near/notes", "print/x"):
        write_page(root, f"book/{name}", "# Not yet\n")
    write_page(root, "book/README", "# Read\n")
    (root / "book" / "near" / ".ipynb_checkpoints").mkdir()
    (root / "book" / "near" / ".ipynb_checkpoints" / "kernel.md").touch()
    (root / "book" / "references.bib").touch()
    assert told(root) == []
