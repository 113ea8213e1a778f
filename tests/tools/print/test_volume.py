"""What a volume holds, by the names of chapters and parts, and what is said of other names."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.helpers.tiny import make_book
from tools.book import Book, BookError
from tools.print.pdf import latex_of, pdf_of
from tools.print.volume import WHOLE, choose

CONTENTS = """format: jb-book
root: index
parts:
  - caption: Before
    chapters: [{file: book/way/index}]
  - caption: "Part I"
    numbered: 2
    chapters:
      - file: book/one/index
        sections: [{file: book/one/more}]
      - file: book/two/index
  - caption: "Part II"
    numbered: 2
    chapters: [{file: book/three/index}]
  - caption: Appendices
    chapters: [{file: book/appendix/references}]
"""


@pytest.fixture
def book(tmp_path: Path) -> Book:
    names = re.findall(r"file: (book/[\w/]+)", CONTENTS)
    root = make_book(tmp_path, **dict.fromkeys(names, "# A title\n"))
    (root / "_toc.yml").write_text(CONTENTS)
    (root / "book" / "two" / "index.md").write_text("---\nprint: false\n---\n\n# Two\n")
    return Book(root)


@pytest.mark.parametrize(
    ("names", "ending", "pages"),
    [
        (["part-1"], "-part-1", ["one/index", "one/more"]),
        (["part-2"], "-part-2", ["three/index"]),
        (["one"], "-one", ["one/index", "one/more"]),
        (["three", "one", "three"], "-one-three", ["one/index", "one/more", "three/index"]),
        (["part-2", "way"], "-way-part-2", ["way/index", "three/index"]),
    ],
)
def test_chapters_and_parts_are_named_in_the_order_of_the_contents(
    book: Book, names: list[str], ending: str, pages: list[str]
) -> None:
    volume = choose(book, names)
    assert volume.ending == ending
    assert [page.docname for page in volume.pages] == [f"book/{name}" for name in pages]


def test_no_name_is_the_whole_book(book: Book) -> None:
    assert choose(book, []) == WHOLE
    assert WHOLE.ending == ""


def test_a_volume_leaves_the_files_of_the_whole_book_alone(book: Book) -> None:
    volume = choose(book, ["part-1"])
    assert pdf_of(book, "dark", volume).name == "energy-book-dark-part-1.pdf"
    assert pdf_of(book, "paper").name == "energy-book.pdf"
    assert latex_of(book, volume).name == "latex-part-1"
    assert latex_of(book).name == "latex"


@pytest.mark.parametrize("name", ["part-3", "part-0", "index", "appendix", "book/one"])
def test_another_name_is_told_with_those_that_there_are(book: Book, name: str) -> None:
    there = r"chapters \(way, one, two, three\) or parts \(part-1, part-2\)"
    with pytest.raises(BookError, match=rf"{there}\. Got '{name}'"):
        choose(book, ["one", name])


def test_a_book_without_parts_says_so(tmp_path: Path) -> None:
    book = Book(make_book(tmp_path, one="# One\n"))
    with pytest.raises(BookError, match=r"\(this book has none\)\. Got 'part-1'"):
        choose(book, ["part-1"])


def test_a_chapter_that_is_not_for_print_is_no_volume(book: Book) -> None:
    with pytest.raises(BookError, match=r"two: no page of it is for print"):
        choose(book, ["two"])
