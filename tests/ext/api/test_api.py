"""Reference pages: what the sources say, where it is derived and written, and the way back."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from _ext.api.docstring import derived, parts
from _ext.api.read import library, read
from tests.helpers.tiny import REPOSITORY, make_book, write_module

LIBRARY = library(REPOSITORY, "ebmlib")
SOFT = '''"""Soft minima.

| here | elsewhere |
|---|---|
| `softmin` | log-mean-exp |
"""

from typing import NamedTuple

from jaxtyping import Float
from torch import Tensor

Values = Float[Tensor, "*shape"]


class Least(NamedTuple):
    """What `softmin` finds."""

    F: Values
    """The value."""


def softmin(e: Values, /, beta: float = 1.0, *, dim: int = -1) -> Least:
    """Smooth minimum of N entries.

    More of `Least` in `this`.

    Formula:
        F = -(1/beta) log mean exp(-beta e);
        the mean for `beta = 0`.

    Args:
        e: the entries,
            of any shape.
        beta: coldness.

    Raises: ValueError for no entries.

    Derived on: book/one.md
    """
    return e


def _hidden() -> None: ...
'''
CONFIG = """
title: Tiny
author: Nobody
only_build_toc_files: true
execute: {execute_notebooks: "off"}
sphinx:
  recursive_update: true
  local_extensions: {_ext.api: BOOK}
  config: {ebm_repository: https://code.invalid/repo}
"""


def make(root: Path, api: str = "```{api} ebmlib.soft\n```\n", soft: str = SOFT) -> Path:
    (root / "book").mkdir(parents=True)
    pages = {"book/one": "# One\n\nProse.\n", "book/api": f"# Library\n\n{api}"}
    make_book(root, **pages)
    (root / "_config.yml").write_text(CONFIG.replace("BOOK", str(REPOSITORY / "book")))
    write_module(root, "soft", soft)
    return root


def build(root: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "tools.build", "--root", str(root)]
    return subprocess.run(command, cwd=REPOSITORY, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = make(
        tmp_path_factory.mktemp("book"), "```{api} ebmlib.soft\n```\n\n```{api-modules}\n```\n"
    )
    result = build(root)
    assert result.returncode == 0, result.stderr
    return root


def page(root: Path, name: str) -> BeautifulSoup:
    text = Path(root, "_build", "site", "book", f"{name}.html").read_text(encoding="utf8")
    return BeautifulSoup(text, "html.parser").select_one("[role=main], main")


def test_a_docstring_has_parts() -> None:
    found = parts(
        "One.\n\nTwo\nlines.\n\nArgs:\n    a: is\n        long.\n    b: is short.\nSource: X."
    )
    assert [(part.title, part.text) for part in found[:2]] == [("", "One."), ("", "Two lines.")]
    assert found[2].items == [("a", "is long."), ("b", "is short.")]
    assert (found[3].title, found[3].text) == ("Source", "X.")
    assert derived("A.\n\nDerived on: book/a/b.md, book/c.md.") == ["book/a/b", "book/c"]


def test_twins_refer_with_two_titles_in_one_line() -> None:
    doc = "Smooth minimum.\n\nArgs, Raises: as `softmax`, but\n    beta > 0.\n\nDerived on: b/c.md"
    found = [(part.title, part.text) for part in parts(doc)]
    assert found[1] == ("Args, Raises", "as `softmax`, but beta > 0.")
    assert found[2][0] == "Derived on"


def test_rows_of_a_formula_end_where_something_ends() -> None:
    doc = "Do it.\n\nFormula:\n    F = min E\n      = E(z);\n    so it is the\n    least. Low."
    assert parts(doc)[-1].rows == "F = min E\n  = E(z);\nso it is the least. Low."


def test_a_signature_is_what_the_source_says(tmp_path: Path) -> None:
    write_module(tmp_path, "soft", SOFT)
    module = read(tmp_path, tmp_path / "ebmlib" / "soft.py")
    least, softmin = module.entries
    assert [p.name for p in softmin.parameters] == ["e", "/", "beta", "*", "dim"]
    assert softmin.parameters[0].annotation == 'Float[Tensor, "*shape"]'
    assert softmin.parameters[2].default == "1.0"
    assert softmin.returns == "Least"
    assert SOFT.splitlines()[softmin.lines[0] - 1].startswith("def softmin")
    assert [(m.kind, m.name, m.doc) for m in least.members] == [("attribute", "F", "The value.")]
    assert [p.name for p in least.parameters] == ["F"]


def test_every_public_name_of_the_library_says_what_it_does() -> None:
    entries = [one for m in LIBRARY.values() for entry in m.entries for one in entry.walk()]
    assert len(entries) > 300
    assert [one.full for one in entries if not one.doc and one.kind != "attribute"] == []
    assert [m.name for m in LIBRARY.values() if not m.doc] == []


@pytest.mark.slow
def test_an_entry_says_all_and_leads_on(root: Path) -> None:
    entry = page(root, "api").find("dt", id="ebmlib.soft.softmin").parent
    text = " ".join(entry.get_text(" ").split())
    assert "the mean for beta = 0." in text
    assert "e : the entries, of any shape." in text
    assert entry.select_one(".api-formula p").get_text().count("\n") == 1
    links = {a.get_text(): a["href"] for a in entry.select("a:not(.headerlink)")}
    assert links["One"] == "one.html"
    assert links["Least"] == "#ebmlib.soft.Least"
    first = SOFT.splitlines().index(next(x for x in SOFT.splitlines() if "def softmin" in x)) + 1
    place = next(href for href in links.values() if "#L" in href)
    assert place.startswith("https://code.invalid/repo/blob/")
    assert f"/ebmlib/soft.py#L{first}-L" in place


@pytest.mark.slow
def test_modules_stand_in_a_table_and_in_the_inventory(root: Path) -> None:
    main = page(root, "api")
    link = main.select_one("table a[href='#module-ebmlib.soft']")
    assert link.get_text() == "ebmlib.soft"
    assert "_hidden" not in main.get_text()
    index = Path(root, "_build", "site", "searchindex.js").read_text(encoding="utf8")
    assert "softmin" in index


@pytest.mark.slow
def test_the_page_that_derives_an_entry_leads_to_it(root: Path) -> None:
    link = page(root, "one").select_one(".api-of-page a")
    assert (link.get_text(), link["href"]) == ("softmin", "api.html#ebmlib.soft.softmin")


@pytest.mark.slow
def test_a_new_derivation_reaches_its_page(tmp_path: Path) -> None:
    root = make(tmp_path, soft=SOFT.replace("Derived on: book/one.md", ""))
    assert build(root).returncode == 0
    assert page(root, "one").select_one(".api-of-page") is None
    write_module(root, "soft", SOFT)
    assert build(root).returncode == 0
    assert page(root, "one").select_one(".api-of-page a").get_text() == "softmin"


@pytest.mark.slow
def test_faults_stop_the_build_with_their_place(tmp_path: Path) -> None:
    root = make(tmp_path, soft=SOFT.replace("book/one.md", "book/none.md"))
    write_module(root, "lost", '"""Lost."""\n\n\ndef lost() -> None:\n    """Nobody shows me."""\n')
    result = build(root)
    assert result.returncode == 1
    assert "ebmlib.lost stands on no reference page" in result.stderr
    assert "softmin says that book/none derives it: no such page" in result.stderr


LATEX = """
import sys
from pathlib import Path
from tools.book import Book
from tools.build.sphinx_build import build
root = Path(sys.argv[1])
build(Book(root), "latex", root / "_build" / "latex", root / "_build" / "doctrees")
"""


@pytest.mark.slow
def test_print_leaves_out_what_its_front_matter_keeps_out(tmp_path: Path) -> None:
    root = make(tmp_path)
    config = (root / "_config.yml").read_text()
    config = config.replace("{_ext.api:", f"{{_ext.print: {REPOSITORY / 'book'}, _ext.api:")
    latex = "latex: {latex_engine: lualatex, use_jupyterbook_latex: false}\n"
    (root / "_config.yml").write_text(config + latex)
    api = root / "book" / "api.md"
    api.write_text("---\nprint: false\n---\n\n" + api.read_text())
    command = [sys.executable, "-c", LATEX, str(root)]
    done = subprocess.run(command, cwd=REPOSITORY, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    text = (root / "_build" / "latex" / "book.tex").read_text(encoding="utf8")
    assert "Prose." in text
    assert "In the library" not in text, "a link to a page that print has not"
    assert "log-mean-exp" not in text
