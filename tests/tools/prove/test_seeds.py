"""Claims on other draws: what is false there is told with its place, and pages go on."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tests.helpers.tiny import HEAD, cell, make_book
from tools.book import Book, BookError
from tools.prove import seeds

DRAW = "import torch\n\nu = torch.rand(1, generator=torch.Generator().manual_seed(0)).item()"
FIGURE = """from IPython.display import display

bundle = {"name": "data", "alt": "", "tables": [["data.txt", f"u\\n{u}\\n"]], "digits": 7}
display({"application/vnd.ebmlib.figure+json": bundle}, raw=True)"""
READS = HEAD.replace("kernelspec", "ebm: {reads: [data]}\nkernelspec") + "# R\n\n"
READ = """import os, pathlib

text = pathlib.Path(os.environ["EBMLIB_TABLES"], "data.txt").read_text()
assert "0.496256" in text"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """One page claims what holds of its own draw alone, and what holds of all; one reads it."""
    draws = (
        "# D\n\n" + cell(DRAW) + cell(f"{FIGURE}\n\nassert abs(u - 0.496256) < 1e-3\nassert u < 1")
    )
    steady = "# S\n\n" + cell("assert 1 + 1 == 2")
    pages = {"book/a/draws": draws, "book/a/reads": READS + cell(READ), "book/b/steady": steady}
    return make_book(tmp_path, **pages)


def main(root: Path, monkeypatch: pytest.MonkeyPatch, *given: str) -> int:
    monkeypatch.setattr(sys, "argv", ["seeds", "--root", str(root), *given])
    return seeds.main()


def build(root: Path) -> None:
    from tools.execute.execution import execute

    execute(Book(root), workers=1)


def test_a_claim_of_one_draw_is_told(
    root: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    build(root)
    assert main(root, monkeypatch, "--offsets", "1", "--more", "2") == 1
    said = capsys.readouterr()
    line = (
        root.joinpath("book/a/draws.md")
        .read_text()
        .splitlines()
        .index("assert abs(u - 0.496256) < 1e-3")
        + 1
    )
    assert f"book/a/draws.md:{line}: false on 3 of 3 draws (1000, 2000, 3000)" in said.out
    assert "abs(u - 0.496256) < 0.001 is false: u = 0." in said.out
    assert "book/a/reads.md:" in said.out  # it read the table of these draws
    assert "steady.md:" not in said.out
    assert "2 claims are false on more than one draw in ten" in said.err
    said_again = main(root, monkeypatch, "--offsets", "1", "--more", "0")
    assert said_again == 1
    assert "ran " not in capsys.readouterr().out  # the outputs of an offset are kept


def test_what_holds_is_said_and_an_error_is_told(
    root: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(root, monkeypatch, "--offsets", "2", "b") == 0
    assert "every claim holds" in capsys.readouterr().out
    make_book(root, **{"book/b/steady": "# S\n\n" + cell("1 / 0")})
    assert main(root, monkeypatch, "--offsets", "1", "--more", "0", "book/b/steady") == 1
    assert "ZeroDivisionError" in capsys.readouterr().out


def test_a_name_of_nothing_is_told(root: Path) -> None:
    with pytest.raises(BookError, match="'gone' is neither a page nor a chapter"):
        seeds.chosen(Book(root), ["gone"])
    with pytest.raises(BookError, match="book/a/reads reads 'data': build the book first"):
        seeds.chosen(Book(root), ["book/a/reads"])
    build(root)
    names = [page.docname for page in seeds.chosen(Book(root), ["book/a/reads"])]
    assert names == ["book/a/draws", "book/a/reads"]
