"""Sphinx's words, mended: the file as it lies in the book, once, and the name that was meant."""

from __future__ import annotations

import io
import sys
from pathlib import Path

import pytest

from tests.helpers.tiny import cell, make_book
from tools.book import Book
from tools.build.messages import told_well

PAGE = """(a-page)=
# A page

$$ x $$ (eq-energy)

```{computed} a-page-bowls
Bowls.
```

```{glossary}
free energy
  What is left.
```
"""


@pytest.fixture
def book(tmp_path: Path) -> Book:
    root = make_book(tmp_path, other=PAGE + cell("x = 1"))
    (root / "book").mkdir()
    (root / "book" / "maths-preamble.tex").write_text("\\newcommand{\\Finf}{F}\n")
    (root / "refs.bib").write_text("@book{hopfield1982, title={Nets}}\n")
    config = root / "_config.yml"
    config.write_text(config.read_text() + "bibtex_bibfiles: [refs.bib]\n")
    return Book(root)


def said(book: Book, *lines: str) -> list[str]:
    stream = io.StringIO()
    with told_well(book, stream):
        for line in lines:
            print(line, file=sys.stderr)
    return stream.getvalue().splitlines()


@pytest.mark.parametrize(
    ("line", "meant"),
    [
        ("undefined label: 'a-pag' [ref.ref]", "a-page"),
        ("undefined label: 'fig-a-page-bowl' [ref.numref]", "fig-a-page-bowls"),
        ("equation not found: eq-enrgy [ref.eq]", "eq-energy"),
        ("'myst' cross-reference target not found: 'othr.md' [myst.xref_missing]", "other.md"),
        ("term not in glossary: 'free enrgy' [ref.term]", "free energy"),
        ('could not find bibtex key "hopfield1928" [bibtex.key_not_found]', "hopfield1982"),
        ('Unknown interpreted text role "numrf". [myst.role_unknown]', "numref"),
        ("Unknown directive type: 'computd' [myst.directive_unknown]", "computed"),
        ("Undefined control sequence: \\\\Fin at position 3", "\\\\Finf"),
    ],
)  # fmt: skip
def test_a_name_that_is_near_is_asked_for(book: Book, line: str, meant: str) -> None:
    line, meant = line.replace("\\\\", "\\"), meant.replace("\\\\", "\\")
    place = f"{book.root}/other.md:3: WARNING: "
    asked = f": did you mean '{meant}'?"
    assert said(book, place + line) == [f"other.md:3: WARNING: {line}{asked}"]


def test_a_name_that_is_far_is_told_alone_and_once(book: Book) -> None:
    line = "other.md:3: WARNING: undefined label: 'quite-another'"
    assert said(book, f"{book.root}/{line}", f"{book.root}/{line}", "    a part", "    a part") == [
        line, "    a part", "    a part"]  # fmt: skip


def test_what_ends_without_a_line_is_told(book: Book) -> None:
    stream = io.StringIO()
    with told_well(book, stream):
        sys.stderr.write("the end")
    assert stream.getvalue() == "the end\n"


def test_a_file_that_nobody_wrote_is_the_one_that_its_author_wrote(book: Book) -> None:
    (book.root / "ebmlib").mkdir()
    (book.root / "ebmlib" / "soft.py").write_text('"""Soft.\n\nDerived on: {ref}`a-pag`.\n"""\n')
    line = "WARNING: undefined label: 'a-pag'"
    found = said(
        book, f"{book.root}/ebmlib/soft.py.rst:12: {line}", f"{book.root}/other.rst:7: No."
    )
    assert found == [f"ebmlib/soft.py:3: {line}: did you mean 'a-page'?", "other.md:7: No."]
    assert said(book, "gone.rst:7: No.") == ["gone.rst:7: No."]
