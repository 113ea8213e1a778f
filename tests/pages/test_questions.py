"""Every content page asks the reader: two to four questions, one of them before a figure."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.helpers.tiny import REPOSITORY, cell, make_book
from tests.pages.test_form import BOOK, PAGES, each_page, held
from tools.book import Book, Page
from tools.build.checks.markdown import directives

LEAST, MOST = 2, 4


def asked(path: Path) -> list[int]:
    """The lines of a page's questions."""
    text = path.read_text("utf8")
    return [block.line for block, _ in directives(text, "question")]


def faults(path: Path) -> list[str]:
    """What a page's questions lack."""
    text, lines = path.read_text("utf8"), asked(path)
    figures = [block.line for block, _ in directives(text, "computed")]
    found = []
    if not LEAST <= len(lines) <= MOST:
        found.append(f"{path.name} asks {len(lines)} questions, {LEAST} to {MOST} are asked for")
    if lines and figures and min(lines) > max(figures):
        found.append(f"{path.name} asks nothing before a figure that answers it")
    return found


@each_page
def test_a_page_asks(page: Path) -> None:
    assert faults(page) == []


@pytest.mark.parametrize(
    "page", [page for page in BOOK.pages if page.path not in PAGES], ids=lambda page: page.docname
)
def test_no_other_page_asks(page: Page) -> None:
    assert asked(page.path) == []


ASK = "```{question} density-way\nWhich?\n---\nThis.\n```\n\n"
FIGURE = "```{computed} density-x\nA.\n```\n\n"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (ASK + FIGURE + ASK, []),
        (ASK, ["kernel.md asks 1 questions, 2 to 4 are asked for"]),
        (ASK * 5, ["kernel.md asks 5 questions, 2 to 4 are asked for"]),
        (FIGURE + ASK * 2, ["kernel.md asks nothing before a figure that answers it"]),
    ],
)
def test_too_few_too_many_and_too_late_are_told(tmp_path: Path, text: str, said: list[str]) -> None:
    names = ("book/density/index", "book/density/kernel")
    book = Book(make_book(tmp_path, **dict.fromkeys(names, "# T\n\n" + cell("1") + text)))
    (kernel,) = held(book)
    assert faults(kernel) == said


def test_the_template_of_a_page_asks() -> None:
    assert faults(REPOSITORY / "tools" / "templates" / "page.md") == []
