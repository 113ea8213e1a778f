"""Which change makes which page stale."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest

from tests.helpers.tiny import REPOSITORY, cell, make_book, write_module, write_page
from tools.book import Book
from tools.execute.cache import ExecutionCache
from tools.execute.fingerprint import _cells, fingerprint, reached_modules
from tools.execute.recall import Recall

SOFT = 'def softmin(x, beta=1):\n    """By words."""\n    return x, beta\n'
ENERGY = "from ebmlib.soft import softmin\n\nF = softmin(1)\n"
PAGES = {
    "one": "# One\n\n" + cell("from ebmlib.energy import F\nprint(F)"),
    "two": "# Two\n\n" + cell("print('two')"),
}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Page `one` reaches soft through energy; page `two` reaches no module."""
    write_module(tmp_path, "soft", SOFT)
    write_module(tmp_path, "energy", ENERGY)
    return make_book(tmp_path, **PAGES)


def fingerprints(root: Path) -> dict[str, str]:
    """By page, of those that need no other's table."""
    book = Book(root)
    cache, recall = ExecutionCache(book), Recall(book.build / "recall.json")
    pages = [page for page in book.notebooks if not page.reads]
    found = {page.docname: fingerprint(book, page, cache.read, recall) for page in pages}
    recall.save()
    return found


def reached(root: Path) -> dict[str, dict[str, Any]]:
    """By page, the modules that its imports lead to."""
    book = Book(root)
    cache, recall = ExecutionCache(book), Recall(book.build / "recall.json")
    return {
        page.docname: reached_modules(book, _cells(cache.read(page))["imports"], recall)
        for page in book.notebooks
        if not page.reads
    }


def stale(before: dict[str, str], root: Path) -> list[str]:
    now = fingerprints(root)
    return [name for name in now if now[name] != before[name]]


def test_words_of_a_module_make_no_page_stale_and_a_default_all_that_reach_it(root: Path) -> None:
    before = fingerprints(root)
    write_module(root, "soft", SOFT.replace("By words", "By other words") + "# a comment\n")
    assert stale(before, root) == []
    write_module(root, "soft", SOFT.replace("beta=1", "beta=2"))
    assert stale(before, root) == ["one"]


def test_words_count_for_a_page_that_shows_them(root: Path) -> None:
    shows = cell("from ebmlib import soft, energy\n\nprint(soft.softmin.__doc__)")
    write_page(root, "one", "# One\n\n" + shows)
    before = fingerprints(root)
    write_module(root, "soft", SOFT.replace("By words", "By other words"))
    assert stale(before, root) == ["one"]


def test_words_count_for_a_page_that_reaches_a_module_that_shows_them(root: Path) -> None:
    write_module(root, "energy", ENERGY + "print(softmin.__doc__)\n")
    before = fingerprints(root)
    write_module(root, "soft", SOFT.replace("By words", "By other words"))
    assert stale(before, root) == ["one"]


def test_a_comment_in_a_cell_counts(root: Path) -> None:
    before = fingerprints(root)
    write_page(root, "two", PAGES["two"].replace("print('two')", "print('two')  # a word"))
    assert stale(before, root) == ["two"]


def test_another_sentence_of_a_check_makes_no_page_stale(root: Path) -> None:
    text = "# Two\n\n" + cell(":check: one is one\nassert 1 == 1")
    write_page(root, "two", text)
    before = fingerprints(root)
    write_page(root, "two", text.replace("one is one", "$1$ is one, for all seeds"))
    assert stale(before, root) == []


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """The real book with a library that may be changed."""
    for name in ("_config.yml", "_toc.yml", "constraints.txt", "book"):
        (tmp_path / name).symlink_to(REPOSITORY / name)
    shutil.copytree(REPOSITORY / "ebmlib", tmp_path / "ebmlib")
    return tmp_path


def test_words_of_checks_make_no_page_of_the_book_stale_and_a_default_all_of_its_pages(
    copy: Path,
) -> None:
    before, checks = fingerprints(copy), copy / "ebmlib" / "checks.py"
    text = checks.read_text("utf8")
    checks.write_text(text.replace('"""', '"""Better: ', 1) + "# a comment\n")
    assert stale(before, copy) == []
    assert "least: int = 1" in text
    checks.write_text(text.replace("least: int = 1", "least: int = 2"))
    reach = [name for name, modules in reached(copy).items() if "ebmlib.checks" in modules]
    assert stale(before, copy) == reach
    assert len(before) / 2 < len(reach) <= len(before)
