"""While the repository is a placeholder, sources stand on the site and nothing leads there."""

from __future__ import annotations

from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from _ext.source.coloured import coloured
from tests.helpers.maths_book import Built
from tests.helpers.theme_book import EXTENSIONS, HEAD, theme_book

PAGE = (
    f"{HEAD}\n# Page one\n\n```{{code-cell}} ipython3\n:tags: [one]\nx = 1\nx < 2\n```\n\nLast.\n"
)
MODULE = """'''A module.'''


@once
def outer(e):
    def inner(x):
        return x

    return inner
"""
PLACEHOLDER = "https://github.com/OWNER/book"
REAL = "https://code.invalid/somebody/book"


def book(root: Path, repository: str) -> Built:
    (root / "ebmlib").mkdir(parents=True, exist_ok=True)
    (root / "ebmlib" / "soft.py").write_text(MODULE)
    settings = {
        "extensions": [*EXTENSIONS, "_ext.source", "_ext.incremental"],
        "ebm_repository": repository,
    }
    pages = {"index": "# The book\n", "one": PAGE}
    return theme_book(root, settings, **pages)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    done = book(tmp_path_factory.mktemp("book"), PLACEHOLDER)
    assert done.warnings == ""
    return done


def soup(built: Built, name: str) -> BeautifulSoup:
    return BeautifulSoup(built.page(name), "html.parser")


def test_every_source_has_a_page_in_the_books_look(built: Built) -> None:
    listed = [link["href"] for link in soup(built, "source/index").select(".source-list a")]
    assert listed == ["index.md.html", "one.md.html", "ebmlib.soft.py.html"]
    for name in listed:
        page = soup(built, f"source/{name.removesuffix('.html')}")
        assert page.select_one("nav#contents") is not None
        assert page.title is not None
        assert page.title.text.startswith(str(page.h1.text if page.h1 else None))
        assert len(page.select("[http-equiv=Content-Security-Policy]")) == 1
    text = soup(built, "source/ebmlib.soft.py").select_one(".source code")
    assert text is not None
    assert text.text == MODULE


def test_lines_have_anchors_and_so_have_functions_and_cells(built: Built) -> None:
    module, page = (soup(built, f"source/{name}") for name in ("ebmlib.soft.py", "one.md"))
    outer, inner = module.find(id="L4-L9"), module.find(id="L6-L7")
    assert outer is not None
    assert inner is not None
    assert outer.text == "".join(MODULE.splitlines(keepends=True)[3:])
    assert inner.text == "    def inner(x):\n        return x\n"
    first = PAGE.splitlines().index("x = 1") + 1
    cell = page.find(id=f"L{first - 1}-L{first + 1}")
    assert cell is not None
    assert cell.text == ":tags: [one]\nx = 1\nx < 2\n"
    assert [line["id"] for line in module.select(".source [id^=L]") if "-" not in line["id"]] == [
        f"L{n}" for n in range(1, len(MODULE.splitlines()) + 1)
    ]


def test_two_parts_that_begin_or_end_together_are_well_nested() -> None:
    text = "class One:\n    def two(self):\n        return 3\n"
    tree = BeautifulSoup(coloured("one.py", text), "html.parser")
    one, two = tree.find(id="L1-L3"), tree.find(id="L2-L3")
    assert one is not None
    assert two is not None
    assert two in one.descendants
    assert tree.select("code")[0].text == text


def test_no_page_leads_to_the_repository(built: Built) -> None:
    pages = [path.read_text("utf8") for path in built.out.rglob("*.html")]
    assert [page for page in pages if "OWNER" in page or "mybinder" in page] == []
    menu = soup(built, "one").select("#page-menu .menu-title")
    assert [title.text for title in menu] == ["Take it along"]


def test_with_an_address_there_are_no_such_pages(tmp_path: Path) -> None:
    book(tmp_path, PLACEHOLDER)
    done = book(tmp_path, REAL)
    assert not (done.out / "source").exists()  # nor is one left of the build before
    menu = soup(done, "one").select("#page-menu .menu-title")
    assert [title.text for title in menu] == ["Run this page", "Take it along", "Mend it"]
    assert f"{REAL}/edit/main/one.md" in done.page("one")


def test_an_edit_leaves_the_pages_of_a_clean_build(tmp_path: Path) -> None:
    book(tmp_path / "one", PLACEHOLDER)
    module = tmp_path / "one" / "ebmlib" / "soft.py"
    for name in ("one", "two"):
        path = tmp_path / name / "ebmlib" / "hard.py"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("X = 1\n")
    edited, clean = book(tmp_path / "one", PLACEHOLDER), book(tmp_path / "two", PLACEHOLDER)
    assert module.is_file()
    names = sorted(path.name for path in (clean.out / "source").iterdir())
    assert "ebmlib.hard.py.html" in names
    assert sorted(path.name for path in (edited.out / "source").iterdir()) == names
    for name in names:
        assert (edited.out / "source" / name).read_bytes() == (
            clean.out / "source" / name
        ).read_bytes()
