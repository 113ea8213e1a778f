"""Every chapter's page has the form of CONTRIBUTING.md: question, claims, memory, exercises."""

import ast
import re
from pathlib import Path

import pytest

from tests.helpers.plotted import cells
from tests.helpers.tiny import REPOSITORY, cell, make_book
from tools.book import Book


def held(book: Book) -> list[Path]:
    """The pages that have the form: all of a chapter but the one that opens it for others."""
    return [
        page.path
        for pages in book.chapters.values()
        for page in pages
        if not page.is_opening or len(pages) == 1
    ]


BOOK = Book(REPOSITORY)
PAGES = held(BOOK)
# Those that run, index pages and appendices, too.
RUN = [page.path for page in BOOK.pages if cells(page.path)]
LONGEST_CELL = 25  # lines: one screen of a phone held upright, twice
LONGEST_LINE = 100  # letters: a line of the printed book
LONGEST_FUNCTION = 15

ids = [BOOK.relative(page.with_suffix("")) for page in PAGES]
each_page = pytest.mark.parametrize("page", PAGES, ids=ids)
each_run = pytest.mark.parametrize("page", RUN, ids=lambda page: f"{page.parent.name}/{page.stem}")


def section(page: Path, title: str) -> str:
    found = re.search(rf"^## {title}\n(.*?)(?=^## |\Z)", page.read_text("utf8"), re.M | re.S)
    assert found, f"{page.name} lacks a section '{title}'"
    return found[1]


def test_every_chapter_of_the_contents_has_pages() -> None:
    assert PAGES
    assert {page.parent.name for page in PAGES} == set(BOOK.chapters)


def test_a_page_of_a_new_chapter_is_held_to_the_form(tmp_path: Path) -> None:
    """Nobody names the chapter to a test: its line in the contents is enough."""
    text = "# Kernel density\n\nHow near is near?\n\n" + cell("assert 1 + 1 == 2")
    names = ("book/density/index", "book/density/kernel", "book/alone/index")
    book = Book(make_book(tmp_path, **{**dict.fromkeys(names, text), "book/appendix/runs": "# R"}))
    kernel, alone = held(book)
    assert book.relative(kernel) == "book/density/kernel.md"
    assert book.relative(alone) == "book/alone/index.md"  # it opens no others
    test_a_page_opens_with_a_question(kernel)
    with pytest.raises(AssertionError, match=r"kernel\.md: 0 exercises, 2 are asked for"):
        test_exercises_have_solutions_that_run_and_assert(kernel)
    with pytest.raises(AssertionError, match="lacks a section 'What to remember'"):
        test_three_sentences_to_remember(kernel)


@each_page
def test_cells_are_short(page: Path) -> None:
    text = page.read_text("utf8")  # with their options: they are read too
    found = re.findall(r"^```\{code-cell\}[^\n]*\n(.*?)^```$", text, re.M | re.S)
    found = [cell for cell in found if not cell.startswith(":tags: [imports]")]
    long = [cell.split("\n", 1)[0] for cell in found if cell.count("\n") > LONGEST_CELL]
    assert not long, f"cells of more than {LONGEST_CELL} lines begin with {long}"


@each_run
def test_lines_of_code_fit_the_printed_book(page: Path) -> None:
    lines = "\n".join(cells(page)).split("\n")
    assert [line for line in lines if len(line) > LONGEST_LINE] == []


@each_run
def test_a_page_imports_what_it_uses(page: Path) -> None:
    tree = ast.parse("\n".join(cells(page)))
    imports = [one for one in ast.walk(tree) if isinstance(one, ast.Import | ast.ImportFrom)]
    names = {(one.asname or one.name).partition(".")[0] for node in imports for one in node.names}
    assert names - {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)} == set()


@each_page
def test_functions_in_view_are_short(page: Path) -> None:
    text = page.read_text("utf8")
    fence = r"^```\{code-cell\}[^\n]*\n((?::[^\n]*\n)*)(.*?)^```$"
    for options, code in re.findall(fence, text, re.M | re.S):
        for node in ast.walk(ast.parse(code)):
            if isinstance(node, ast.FunctionDef) and not re.search("hide|^:check:", options, re.M):
                length = (node.end_lineno or 0) - node.lineno + 1
                assert length <= LONGEST_FUNCTION, f"{node.name} has {length} lines"


@each_page
def test_a_page_opens_with_a_question(page: Path) -> None:
    body = page.read_text("utf8").split("\n# ", 1)[1].split("\n## ", 1)[0]
    assert "?" in "\n".join(body.split("\n")[1:16])


@each_page
def test_three_sentences_to_remember(page: Path) -> None:
    lines = [line for line in section(page, "What to remember").split("\n") if line.strip()]
    assert len([line for line in lines if not line.startswith(("(", "```", ":"))]) == 3, lines


@each_page
def test_exercises_have_solutions_that_run_and_assert(page: Path) -> None:
    text = page.read_text("utf8")
    exercises = re.findall(r"^`{3,}\{exercise(?:-start)?\}[^\n]*\n:label: (\S+)", text, re.M)
    assert len(exercises) >= 2, f"{page.name}: {len(exercises)} exercises, 2 are asked for"
    for label in exercises:
        found = re.search(
            rf"\{{solution-start\}} {label}\n(.*?)\{{solution-end\}}", text, re.M | re.S
        )
        assert found, f"{label} has no solution"
        assert ":class: dropdown" in found[1], f"the solution of {label} is not folded"
        assert re.search(r"assert", found[1]), f"the solution of {label} asserts nothing"


@each_page
def test_claims_are_asserted_and_reading_is_cited(page: Path) -> None:
    assert any(re.search(r"\bassert", cell) for cell in cells(page))
    assert "{cite:" in section(page, "Further reading")
