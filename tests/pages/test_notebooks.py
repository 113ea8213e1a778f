"""The site's notebooks stand alone: whole, in plain Markdown, with what any reader typesets.

Needs the built site: `nox -s tests` builds the book first. nbval would pass in silence over a
notebook without outputs, and it reads no words.
"""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path

import nbformat
import pytest
from nbformat import NotebookNode

from _ext.stylesheet.parser import load
from tests.helpers.plotted import MIME
from tests.helpers.tiny import REPOSITORY
from tools.book import Book, Page, table_files

BOOK = Book(REPOSITORY)
EVERY = pytest.mark.parametrize("page", BOOK.notebooks, ids=lambda page: page.docname)
# What only this book understands, and what its place in a notebook's words would look like.
LEFT = {
    "a role": r"\{[A-Za-z][\w:-]*\}`",
    "a directive": r"^\s*(?:`{3,}|:{3,}|~{3,})\s*\{",
    "a label": r"^\([\w-]+\)=\s*$",
    "a mark of the exporter": r"@@",
    "a place that glue did not fill": r"\bglue:|(?<!\w)None\.\.|<pending|:\.\d[fge]`",
    "a node that nobody wrote": r"</?(?:pending_xref|raw|inline|glue|math|target)\b",
}
CODE = re.compile(r"^(`{3,}).*?^\1`*\s*$|(?<!`)(`+)(?!`).+?(?<!`)\2(?!`)", re.M | re.S)
MATHS = re.compile(r"\$\$(.+?)\$\$|(?<![\\$])\$(?!\s)([^$\n]+?)\$", re.S)


@cache
def notebook(page: Page) -> NotebookNode:
    return read(BOOK.build / "site" / f"{page.docname}.ipynb")


def read(path: Path) -> NotebookNode:
    assert path.is_file(), f"{path} is missing: build the book first"
    return nbformat.read(path, 4)


def words(page: Page) -> list[str]:
    return [c.source for c in notebook(page).cells if c.cell_type == "markdown"]


def maths(page: Page) -> list[str]:
    """Every formula of the page's words; code may hold dollars."""
    return [
        display or inline
        for text in words(page)
        for display, inline in MATHS.findall(CODE.sub("", text))
    ]


def test_there_are_notebooks() -> None:
    assert BOOK.notebooks


@EVERY
def test_every_cell_was_run_and_the_page_shows_something(page: Page) -> None:
    cells = [c for c in notebook(page).cells if c.cell_type == "code"]
    own = [c for c in cells if "install" not in c.metadata.get("tags", [])]
    assert len(own) == page.text.count("\n```{code-cell}")
    assert all(c.execution_count for c in own)
    assert any(c.outputs for c in own)


@EVERY
def test_no_syntax_of_the_book_is_left(page: Page) -> None:
    for text in words(page):
        for what, pattern in LEFT.items():
            found = re.search(pattern, text, re.M)
            where = text[max(0, found.start() - 60) : found.end() + 60] if found else ""
            assert not found, f"{what} is left: {where!r}"


@EVERY
def test_no_macro_of_the_book_is_left(page: Page) -> None:
    own = {macro.name for macro in load().macros.values() if not macro.provided}
    for text in words(page):
        for command in re.findall(r"\\([A-Za-z]+)", text):
            assert command not in own, f"\\{command} is left in {text!r}"
            assert command != "bm", f"MathJax does not know \\bm: {text!r}"
    for tex in maths(page):
        assert "\\textcolor" not in tex, f"\\textcolor reaches differently far: {tex}"
        assert tex.count("{") == tex.count("}"), tex


@EVERY
def test_formulas_are_where_readers_look_for_them(page: Page) -> None:
    """Dollars come in pairs, and a space after the first one would make it plain text."""
    for text in words(page):
        plain = MATHS.sub("", CODE.sub("", text)).replace(r"\$", "")
        assert "$" not in plain, plain


@EVERY
def test_pictures_are_within_and_links_lead_out(page: Page) -> None:
    for cell in notebook(page).cells:
        if cell.cell_type != "markdown":
            continue
        held = cell.get("attachments", {})
        for target in re.findall(r"\]\(([^)\s]+)\)", CODE.sub("", cell.source)):
            if target.startswith("attachment:"):
                assert target.removeprefix("attachment:") in held
            else:
                assert re.match(r"https?://", target), f"a link that leads nowhere: {target}"


@EVERY
def test_every_drawing_is_there_as_pixels(page: Page) -> None:
    """JupyterLab shows no SVG of a notebook that it does not trust, and attaches none."""
    shown = 0
    for cell in notebook(page).cells:
        for attached in cell.get("attachments", {}).values():
            assert set(attached) == {"image/png"}
        for output in cell.get("outputs", []):
            if "figure" in output.get("metadata", {}).get("ebmlib", {}):
                assert set(output.data) == {"image/png", "text/plain"}
                assert output.data["image/png"].startswith("iVBOR")
                assert output.metadata["image/png"]["width"] > 100
                shown += 1
    assert shown == page.text.count("```{computed}")


@EVERY
def test_readers_get_the_notebook_that_nbval_runs_without_what_no_jupyter_shows(page: Page) -> None:
    """The other one is compared: a figure's numbers stand in its bundle alone."""
    whole = read(BOOK.build / "work" / "html-notebooks" / f"{page.docname}.ipynb")
    outputs = [one for cell in whole.cells for one in cell.get("outputs", ())]
    figures = [one for one in outputs if "figure" in one.get("metadata", {}).get("ebmlib", {})]
    assert len(figures) == page.text.count("```{computed}")
    assert all(one.data[MIME]["tables"] for one in figures)
    for one in outputs:
        for mime in (MIME, "image/svg+xml", "application/pdf"):
            one.get("data", {}).pop(mime, None)
    assert whole == notebook(page)


@EVERY
def test_the_first_cell_installs_only_where_the_library_is_missing(page: Page) -> None:
    first = next(c for c in notebook(page).cells if c.cell_type == "code")
    assert first.metadata.tags == ["install"]
    assert not first.outputs
    asked = 'if importlib.util.find_spec("ebmlib") is None:'
    before, found, after = first.source.partition(asked)
    assert found
    assert "pip" not in before
    assert re.search(r'"ebmlib @ git\+https://\S+@(?:[0-9a-f]{40}|v\d\S*|HEAD)"', after)
    compile(first.source, "first cell", "exec")


@EVERY
def test_any_jupyter_knows_its_kernel_and_format(page: Page) -> None:
    made = notebook(page)
    nbformat.validate(made)
    assert made.metadata.kernelspec == {
        "display_name": "Python 3",
        "language": "python",
        "name": "python3",
    }
    assert made.metadata.language_info.name == "python"
    ids = [cell.id for cell in made.cells]
    assert len(set(ids)) == len(ids)
    assert str(REPOSITORY) not in json.dumps(made), "a path of the machine that built it"


@EVERY
def test_a_page_that_reads_tables_says_where_they_come_from(page: Page) -> None:
    code = [c.source for c in notebook(page).cells if c.cell_type == "code"]
    for name in page.reads:
        paths = table_files(BOOK.build / "site" / "_static" / "data", name)
        assert len(paths) > 1
        for path in paths:
            assert f'"{path.name}"' in code[1], "the second cell fetches the tables"
