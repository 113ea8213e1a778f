"""Every chapter's page has the form of CONTRIBUTING.md: question, claims, memory, exercises."""

import ast
import re
from pathlib import Path

import pytest

from tests.helpers.plotted import cells

ROOT = Path(__file__).resolve().parents[1]
CHAPTERS = ("intro", "spiral", "ellipse", "generative", "backprop")
PAGES = sorted(
    page
    for chapter in CHAPTERS
    for page in (ROOT / "book" / chapter).glob("*.md")
    if page.stem != "index"
)
# Those that run, index pages and appendices, too.
RUN = sorted(page for page in (ROOT / "book").rglob("*.md") if cells(page))
LONGEST_CELL = 25  # lines: one screen of a phone held upright, twice
LONGEST_LINE = 100  # letters: a line of the printed book
LONGEST_FUNCTION = 15

ids = [str(page.relative_to(ROOT / "book").with_suffix("")) for page in PAGES]
each_page = pytest.mark.parametrize("page", PAGES, ids=ids)
each_run = pytest.mark.parametrize("page", RUN, ids=lambda page: f"{page.parent.name}/{page.stem}")


def section(page: Path, title: str) -> str:
    found = re.search(rf"^## {title}\n(.*?)(?=^## |\Z)", page.read_text("utf8"), re.M | re.S)
    assert found, f"{page.name} lacks a section '{title}'"
    return found[1]


def test_there_are_pages() -> None:
    assert len(PAGES) >= 33


@each_page
def test_cells_are_short(page: Path) -> None:
    text = page.read_text("utf8")  # with their options: they are read too
    found = re.findall(r"^```\{code-cell\}[^\n]*\n(.*?)^```$", text, re.M | re.S)
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
    fence = r"^```\{code-cell\}[^\n]*\n(:tags:[^\n]*\n)?(.*?)^```$"
    for tags, cell in re.findall(fence, text, re.M | re.S):
        for node in ast.walk(ast.parse(cell)):
            if isinstance(node, ast.FunctionDef) and "hide" not in tags:
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
    assert len(exercises) >= 2
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
