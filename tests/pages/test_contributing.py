"""Every example of CONTRIBUTING.md holds: together they are one book, which builds strictly."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from bs4 import BeautifulSoup

from tests.faults.tiny import BIB, Told, build, run, tool
from tests.helpers.authored import authored
from tests.helpers.tiny import HEAD, REPOSITORY
from tools.book import Book, Page
from tools.prove.book_keeping import faults
from tools.prove.claims import differences

TEXT = (REPOSITORY / "CONTRIBUTING.md").read_text("utf8")
FENCE = re.compile(r"^(`{4,})(\w*)\n(.*?)^\1$", re.M | re.S)
NAMES = {"CHAPTER-NAME": "density-arrow", "CHAPTER": "density", "PAGE": "kernel", "OLD": "old"}
PAGE = "book/density/kernel"


def named(text: str) -> str:
    """Names where there are placeholders."""
    return re.sub("|".join(NAMES), lambda name: NAMES[name[0]], text)


def examples() -> list[tuple[str, str]]:
    """Kind and text of each."""
    return [(kind, named(text)) for _, kind, text in FENCE.findall(TEXT)]


def of_kind(wanted: str) -> list[str]:
    return [text for kind, text in examples() if kind == wanted]


def book(root: Path) -> Path:
    """The examples, and what they need beside them: an opening page, a drawing, a bibliography."""
    authored(root)
    contents, moved = of_kind("yaml")
    parts = yaml.safe_load(contents)["parts"]
    rest = {"caption": "Rest", "chapters": [{"file": name} for name in ("one", "two", "words")]}
    whole = {"format": "jb-book", "root": "index", "parts": [*parts, rest]}
    files = {
        "_toc.yml": yaml.safe_dump(whole, sort_keys=False),
        "book/moved.yml": moved,
        "book/references.bib": (REPOSITORY / "book/references.bib").read_text("utf8") + BIB,
        "book/density/index.md": "(density)=\n# Density\n\nWhere are the data?\n",
        f"{PAGE}.md": f"{HEAD}(density-kernel)=\n# Kernels\n\n" + "\n".join(of_kind("md")),
        "tests/claims/density.json": of_kind("json")[0],
    }
    for name, text in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, "utf8")
    drawings = root / "book" / "diagrams"
    (drawings / "density").mkdir()
    for ending in ("tex", "svg"):  # its name is in no hash
        shutil.copy(drawings / f"arrow.{ending}", drawings / "density")
    return root


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return book(tmp_path_factory.mktemp("examples") / "book")


@pytest.fixture(scope="module")
def told(root: Path) -> Told:
    return build(root)


def test_each_example_is_of_a_kind_that_is_built() -> None:
    kinds = [kind for kind, _ in examples()]
    assert set(kinds) == {"json", "md", "yaml"}
    assert kinds.count("md") >= 5
    assert "```" not in FENCE.sub("", TEXT).replace("`` ```", "")


@pytest.mark.slow
def test_together_they_build_strictly(root: Path, told: Told) -> None:
    assert told.code == 0, told.text
    tree = BeautifulSoup((root / f"_build/site/{PAGE}.html").read_text("utf8"), "html.parser")
    words = " ".join(tree.get_text().split())
    assert "Equation (1.1), Fig. 1.1, Exercise 1.1, the section A section with its label" in words
    assert "A share of 0.25 is red." in words
    assert "These words make sense on the site alone" in words
    assert len(tree.select("figure")) == 3
    assert len(tree.select(".ebm-live input[type=range]")) == 1
    assert [one["data-set"] for one in tree.select("[data-try]")] == ['{"a":[-1.0]}']
    assert [one["value"] for one in tree.select("[data-right]")] == ["twice"]


@pytest.mark.slow
def test_the_check_is_read_as_its_sentence(root: Path, told: Told) -> None:
    tree = BeautifulSoup((root / f"_build/site/{PAGE}.html").read_text("utf8"), "html.parser")
    said = [" ".join(one.get_text().split()) for one in tree.select("details.check > summary")]
    assert "Checked: of four balls one is red." in said
    assert len(said) == 3
    assert list(faults(Page(PAGE, root / f"{PAGE}.md"))) == []


@pytest.mark.slow
def test_the_old_address_leads_to_the_new_one(root: Path, told: Told) -> None:
    page = (root / "_build/site/book/density/old.html").read_text("utf8")
    assert 'href="kernel.html"' in page


def test_the_command_that_renames_finds_a_page_and_none_that_begins_alike(tmp_path: Path) -> None:
    found = re.search(r"`(git grep [^`]+)`", TEXT)
    assert found
    lines = "file: book/density/old\nfile: book/density/old-age\n`book/density/old.md`\n"
    (tmp_path / "one.yml").write_text(lines, "utf8")
    command = named(found[1])
    for each in ("git init -q", "git add .", command):
        subprocess.run(["bash", "-ec", each], cwd=tmp_path, check=True)
    after = lines.replace("old\n", "kernel\n").replace("old.md", "kernel.md")
    assert (tmp_path / "one.yml").read_text("utf8") == after


@pytest.mark.slow
def test_the_claims_agree_and_another_does_not(root: Path, told: Told) -> None:
    assert differences(Book(root)) == []
    path = root / "tests/claims/density.json"
    kept = json.loads(path.read_text("utf8"))
    kept[PAGE]["density-kernel-share"]["value"] = 0.5
    path.write_text(json.dumps(kept), "utf8")
    assert "density-kernel-share = 0.25. Expected 0.5 +- 0." in differences(Book(root))[0]


def test_every_session_is_named() -> None:
    sessions = re.findall(
        r"^@nox\.session\ndef (\w+)", (REPOSITORY / "noxfile.py").read_text("utf8"), re.M
    )
    assert len(sessions) > 15
    assert [name for name in sessions if f"| `nox -s {name}` |" not in TEXT] == []


def test_the_command_that_checks_a_page_asks_every_rule_that_pages_are_held_to() -> None:
    found = re.search(r"`pytest (tests/pages -k [^`]+)`", TEXT)
    assert found
    asked = found[1].replace("CHAPTER/PAGE", "ellipse/losses").split()
    only = [sys.executable, "-m", "pytest", "--collect-only", "-q", "-p", "no:cacheprovider"]
    told = subprocess.run(
        [*only, *asked], cwd=REPOSITORY, capture_output=True, text=True, check=False
    )
    rules = set(re.findall(r"pages/test_(\w+)\.py::\w+\[", told.stdout))
    one_by_one = {"form", "book_keeping", "labels", "lies", "numbers", "questions", "notebooks"}
    assert rules == one_by_one | {"imports"}, told.stdout


def edit(path: Path, old: str, new: str = "") -> None:
    text = path.read_text("utf8")
    assert text.count(old) == 1, text
    path.write_text(text.replace(old, new), "utf8")


def groups(root: Path, chapter: str, page: str, other: str = "") -> None:
    """Take a page's groups out of the chapter's files, or put them into another's."""
    for folder in ("tests/claims", "tests/claims/lies"):
        files = [root / folder / f"{name}.json" for name in (chapter, other) if name]
        kept = [json.loads(path.read_text("utf8")) for path in files]
        group = kept[0].pop(f"book/{chapter}/{page}")
        if other:
            kept[1][f"book/{other}/{page}"] = group
        for path, one in zip(files, kept, strict=True):
            path.write_text(json.dumps(one), "utf8")


@pytest.mark.slow
def test_a_page_that_changes_its_chapter_and_a_chapter_that_goes(tmp_path: Path) -> None:
    """By the steps of CONTRIBUTING.md, each with what it says that the build tells."""
    root = authored(tmp_path / "book")
    for name in ("near/rule", "near/kernel", "far/one"):
        assert run(tool("new", root, name)).code == 0
    contents, old, new = (
        root / "_toc.yml",
        root / "book/near/kernel.md",
        root / "book/far/kernel.md",
    )
    edit(
        root / "book/near/index.md",
        "near-rule: Which",
        "near-kernel: Which else?\nnear-rule: Which",
    )
    old.rename(new)
    edit(contents, "          - file: book/near/kernel\n")
    edit(
        contents,
        "- file: book/far/one\n",
        "- file: book/far/one\n          - file: book/far/kernel\n",
    )
    groups(root, "near", "kernel", other="far")
    (root / "book/moved.yml").write_text("book/near/kernel: book/far/kernel\n", "utf8")
    told = build(root)
    card = "book/near/index.md:20: a card of 'near-kernel', which is no page of this chapter"
    assert f"{card}: it is book/far/kernel.md" in told.text
    edit(root / "book/near/index.md", "near-kernel: Which else?\n")
    assert build(root).code == 0, told.text
    page = root / "_build/site/book/far"
    assert "Which question does this page answer?" in (page / "index.html").read_text("utf8")
    assert 'href="../far/kernel.html"' in (page.parent / "near/kernel.html").read_text("utf8")
    assert differences(Book(root)) == []

    shutil.rmtree(root / "book/far")
    lines = contents.read_text("utf8").splitlines(keepends=True)
    first = lines.index("      - file: book/far/index\n")
    contents.write_text("".join(lines[:first] + lines[first + 4 :]), "utf8")
    assert "book/moved.yml:1: no page 'book/far/kernel'" in build(root).text
    (root / "book/moved.yml").write_text("book/far/kernel: book/near/rule\n", "utf8")
    told = build(root)
    assert told.code == 0, told.text
    assert [one.name for one in page.iterdir()] == ["kernel.html"]  # its old address
    kept = differences(Book(root))
    files = [f"tests/claims/{name}far.json" for name in ("", "lies/")]
    assert sorted({one.partition(":")[0] for one in kept}) == files
    for folder in ("tests/claims", "tests/claims/lies"):
        (root / folder / "far.json").unlink()
    assert differences(Book(root)) == []


BROKEN = {
    "told before anything runs": [
        ("{glue:text}`density-kernel-share", "{glue:text}`density-kernel-shore", "did you mean"),
        ("{question} density-kernel-wider", "{question} density-kernel-wide", "did you mean"),
        ("{solution-start} ex-", "{solution-start} ax-", "which is not on this page"),
        ("{computed} density-kernel-square", "{computed} density-kernel-sq", "no cell of this"),
    ],
    "told by Sphinx": [
        ("{eq}`eq-", "{eq}`eqq-", "eqq-density-kernel-square"),
        ("{cite:p}`lecun2006tutorial`", "{cite:p}`lecun`", "lecun"),
        ("{ref}`ex-", "{ref}`exx-", "exx-density-kernel-1"),
        ("{numref}`fig-", "{numref}`fog-", "fog-density-kernel-square"),
        ("{diagram} density-arrow", "{diagram} density-arow", "arow"),
        ("steep a=-1", "steep a=-3", "a of density-kernel-steep lies between -2 and 2"),
    ],
}


@pytest.mark.slow
@pytest.mark.parametrize("kind", BROKEN)
def test_a_broken_example_fails(tmp_path: Path, kind: str) -> None:
    path = book(tmp_path / "book") / f"{PAGE}.md"
    text = path.read_text("utf8")
    for old, new, _ in BROKEN[kind]:
        assert old in text
        text = text.replace(old, new)
    path.write_text(text, "utf8")
    told = build(path.parents[2])
    assert told.code == 1
    for _, _, said in BROKEN[kind]:
        assert any(said in line for line in told.text.splitlines() if "kernel.md:" in line), (
            told.text
        )
