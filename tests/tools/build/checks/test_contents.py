"""A page that stands deeper than the sidebar shows is told."""

from __future__ import annotations

from pathlib import Path

from tests.helpers.checks import told
from tests.helpers.tiny import make_book
from tools.book import Book
from tools.build.checks import contents


def test_a_level_that_the_sidebar_does_not_show(tmp_path: Path) -> None:
    make_book(tmp_path, **{name: f"# {name}\n" for name in "abcd"})
    indented = [f"{' ' * 4 * n}- file: {name}\n" for n, name in enumerate("abcd")]
    rows = [f"{' ' * 4 * n}  sections:\n" for n in range(3)]
    body = "".join(a + b for a, b in zip(indented, [*rows, ""], strict=True))
    (tmp_path / "_toc.yml").write_text(f"format: jb-book\nroot: index\nchapters:\n{body}")
    words = "page 'd' stands below 3 levels of pages: the sidebar shows 3"
    assert [one.words for one in contents.check(Book(tmp_path))] == [words]
    assert f"_toc.yml:10: {words}" in told(tmp_path)
