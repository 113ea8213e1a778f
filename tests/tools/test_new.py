"""A page that `python -m tools.new` writes has the form, and the book builds strictly with it."""

from __future__ import annotations

import difflib
import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from tests.faults.tiny import build, run, tool
from tests.helpers.authored import CONTENTS, authored
from tests.helpers.tiny import REPOSITORY, make_book
from tools.book import Book, BookError
from tools.new import main, new
from tools.prove.claims import differences

BIB = "@book{tiny, title={A tiny book}}\n"


def bare(root: Path, contents: str = CONTENTS) -> Book:
    """The sources that `new` reads."""
    make_book(root, one="# One\n", two="# Two\n", words="# Words\n")
    (root / "_toc.yml").write_text(contents, "utf8")
    (root / "book").mkdir(exist_ok=True)
    (root / "book" / "references.bib").write_text(BIB, "utf8")
    return Book(root)


def added(before: str, after: str) -> list[str]:
    """The lines that came, where none went."""
    changed = list(difflib.ndiff(before.splitlines(), after.splitlines()))
    assert [line for line in changed if line.startswith("- ")] == []
    return [line[2:] for line in changed if line.startswith("+ ")]


@pytest.mark.slow
def test_what_it_writes_builds_strictly_keeps_its_numbers_and_notices_its_lies(
    tmp_path: Path,
) -> None:
    root = authored(tmp_path / "book")
    for name in ("density/kernel", "density/nearest-first"):
        told = run(tool("new", root, name))
        assert told.code == 0, told.text
    told = build(root)
    assert told.code == 0, told.text
    site = root / "_build" / "site" / "book" / "density"
    page = BeautifulSoup((site / "nearest-first.html").read_text("utf8"), "html.parser")
    words = " ".join(page.get_text().split())
    assert "The lowest point of Fig. 3.3 is at 1.0." in words  # numbered, glued
    assert "Other [2001] is where to read on" in words
    opening = BeautifulSoup((site / "index.html").read_text("utf8"), "html.parser")
    assert len(opening.select("figure")) == 1
    assert differences(Book(root)) == []
    told = run(tool("prove.mutate", root, "density"))
    assert told.code == 0, told.text
    assert "6 of 6 lies are noticed" in told.text


@pytest.mark.slow
def test_what_it_writes_passes_every_rule_of_pages_unchanged(tmp_path: Path) -> None:
    """In a copy of the repository, by the tests themselves; notebooks are of the built site."""
    made = shutil.ignore_patterns("__pycache__", "node_modules")
    for name in ("book", "ebmlib", "tests", "tools"):
        shutil.copytree(REPOSITORY / name, tmp_path / name, ignore=made)
    for path in REPOSITORY.glob("*.*"):
        if path.is_file():
            shutil.copy(path, tmp_path)
    for name in ("density/kernel", "density/nearest-first", "intro/kernel-once"):
        new(Book(tmp_path), name)
    asked = ["-k", "density or kernel-once", "--ignore", "tests/pages/test_notebooks.py"]
    rules = [sys.executable, "-m", "pytest", "tests/pages", "-q", "-p", "no:cacheprovider", *asked]
    told = subprocess.run(rules, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert told.returncode == 0, told.stdout
    passed = re.search(r"(\d+) passed", told.stdout)
    assert passed
    assert int(passed[1]) >= 50, told.stdout


def test_a_new_chapter_and_its_next_page_keep_comments_and_layout(tmp_path: Path) -> None:
    book = bare(tmp_path)
    assert [path.name for path in new(book, "density/kernel")] == ["kernel.md", "index.md"]
    assert [path.name for path in new(Book(tmp_path), "density/rule")] == ["rule.md"]
    after = (tmp_path / "_toc.yml").read_text("utf8")
    assert added(CONTENTS, after) == [
        "      - file: book/density/index",
        "        sections:",
        "          - file: book/density/kernel",
        "          - file: book/density/rule",
    ]
    assert after.index("density/rule") < after.index("  # What is looked up.")
    assert list(Book(tmp_path).chapters) == ["one", "two", "density", "words"]
    assert "(density)=\n# Density\n" in (tmp_path / "book/density/index.md").read_text("utf8")
    for folder in ("tests/claims", "tests/claims/lies"):
        kept = json.loads((tmp_path / folder / "density.json").read_text("utf8"))
        assert list(kept) == ["book/density/kernel", "book/density/rule"]


@pytest.mark.parametrize("part", ["2", "App"])
def test_a_part_is_named_by_number_or_caption(tmp_path: Path, part: str) -> None:
    new(bare(tmp_path), "density/kernel", part)
    assert [page.docname for page in Book(tmp_path).pages][-3:-1] == ["words", "book/density/index"]


def test_the_books_own_contents_take_a_page_in_each_chapter(tmp_path: Path) -> None:
    real = Book(REPOSITORY)
    for page in real.pages:
        path = tmp_path / f"{page.docname}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("# Page\n", "utf8")
    for name in ("_toc.yml", "_config.yml", "book/references.bib"):
        (tmp_path / name).write_text((REPOSITORY / name).read_text("utf8"), "utf8")
    for chapter in (*real.chapters, "density"):
        new(Book(tmp_path), f"{chapter}/quite-new")
        assert Book(tmp_path).chapters[chapter][-1].docname == f"book/{chapter}/quite-new"
    came = added(real.root.joinpath("_toc.yml").read_text("utf8"),
                 (tmp_path / "_toc.yml").read_text("utf8"))  # fmt: skip
    assert len(came) == len(real.chapters) + 3


def test_contents_without_parts_and_a_chapter_of_one_page(tmp_path: Path) -> None:
    contents = "format: jb-book\nroot: index\nchapters:\n- file: book/one/only\n# the end\n"
    book = bare(tmp_path, contents)
    (tmp_path / "book" / "one").mkdir()
    (tmp_path / "book" / "one" / "only.md").write_text("# One\n", "utf8")
    new(book, "one/more")
    new(Book(tmp_path), "two/first")
    lines = (tmp_path / "_toc.yml").read_text("utf8").splitlines()
    assert lines[3:] == [
        "- file: book/one/only",
        "  sections:",
        "    - file: book/one/more",
        "- file: book/two/index",
        "  sections:",
        "    - file: book/two/first",
        "# the end",
    ]


@pytest.mark.parametrize(
    ("name", "part", "said"),
    [
        ("kernel", None, "the name must be CHAPTER/PAGE"),
        ("density/Kernel", None, "Got 'density/Kernel'."),
        ("density/kernel.md", None, "Got 'density/kernel.md'."),
        ("../density/kernel", None, "Got '../density/kernel'."),
        ("appendix/kernel", None, "book/appendix is no chapter"),
        ("density/index", None, "comes with the chapter's first"),
        ("there/one", None, "one.md is there already: choose another name."),
        ("density/kernel", "3", "no part '3'. The parts are 1: 'Part I: Tiny', 2: 'Appendices'."),
        ("listed/more", "1", "chapter 'listed' has its part already: leave --part out."),
    ],
)
def test_what_is_refused_writes_nothing(
    tmp_path: Path, name: str, part: str | None, said: str
) -> None:
    bare(tmp_path, CONTENTS.replace("- file: two", "- file: book/listed/two"))
    for page in ("there/one", "listed/two"):
        (tmp_path / "book" / page).parent.mkdir()
        (tmp_path / "book" / f"{page}.md").write_text("# One\n", "utf8")
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    with pytest.raises(BookError) as refused:
        new(Book(tmp_path), name, part)
    assert said in str(refused.value)
    assert {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()} == before


@pytest.mark.parametrize(
    ("old", "text", "said"),
    [
        ("    numbered: 2\n", "", "_toc.yml:1: no numbered part: name one by --part"),
        ("\n      - file: one   # runs\n      - file: two\n", " [{file: one}, {file: two}]\n",
         "_toc.yml:8: a list of pages must have a line for each."),
        ("root: index", "root: [index", "this is not YAML"),
    ],
)  # fmt: skip
def test_contents_that_cannot_be_written_into(
    tmp_path: Path, old: str, text: str, said: str
) -> None:
    book = bare(tmp_path, CONTENTS.replace(old, text))
    with pytest.raises(BookError, match=r"_toc\.yml:\d") as refused:
        new(book, "density/kernel")
    assert said in str(refused.value)


def test_a_bibliography_without_entries(tmp_path: Path) -> None:
    book = bare(tmp_path)
    (tmp_path / "book" / "references.bib").write_text("% none\n", "utf8")
    with pytest.raises(BookError, match=r"references\.bib:1: no entry"):
        new(book, "density/kernel")


def test_what_is_kept_of_other_pages_stays_and_broken_files_are_told(tmp_path: Path) -> None:
    book = bare(tmp_path)
    path = tmp_path / "tests" / "claims" / "density.json"
    path.parent.mkdir(parents=True)
    path.write_text('{\n "book/density/old": {,', "utf8")
    with pytest.raises(BookError, match=r"claims/density\.json:2: this is not JSON"):
        new(book, "density/kernel")
    assert not (tmp_path / "book" / "density").exists()
    path.write_text('{"book/density/old": {"a": "ä"}}', "utf8")
    new(book, "density/kernel")
    after = path.read_text("utf8")
    assert list(json.loads(after)) == ["book/density/old", "book/density/kernel"]
    assert '"a": "ä"' in after


def test_the_command_tells_what_it_wrote(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    bare(tmp_path)
    monkeypatch.setattr(sys, "argv", ["new", "density/kernel", "--root", str(tmp_path)])
    assert main() == 0
    assert "book/density/kernel.md is written" in capsys.readouterr().out
    assert main() == 1
    assert "is there already" in capsys.readouterr().err
