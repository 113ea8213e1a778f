"""A tiny book with every construct, built once: its page, its notebook and its LaTeX."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from tests.constructs.carried import CARRIED, page
from tests.faults.tiny import PIXELS, build, make, run, warm
from tests.helpers.tiny import write_page
from tools.book import Book
from tools.build import sphinx_build

Editions = dict[str, dict[str, str]]
HEADING = re.compile(r"^\\ebmheading\[?\d*\]?\{section\}", re.M)


@pytest.fixture(scope="session")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The book, built strictly."""
    warm()
    root = make(tmp_path_factory.mktemp("constructs") / "book")
    (root / "other.png").write_bytes(PIXELS)
    write_page(root, "two", page())
    told = build(root)
    assert told.code == 0, told.text
    return root


@pytest.fixture(scope="session")
def editions(root: Path) -> Editions:
    """Edition -> construct -> what stands in its section there."""
    return {name: dict(zip(CARRIED, read(root), strict=True)) for name, read in READ.items()}


def _site(root: Path) -> list[str]:
    page = BeautifulSoup((root / "_build" / "site" / "two.html").read_text("utf8"), "html.parser")
    found = [heading.parent for heading in page.select("article h2")]
    return [f"{one}\n{' '.join(one.get_text().split())}" for one in found if one is not None]


def _notebook(root: Path) -> list[str]:
    notebook = json.loads((root / "_build" / "site" / "two.ipynb").read_text("utf8"))
    whole = "\n\n".join("".join(one["source"]) for one in notebook["cells"])
    return [f"## {part}" for part in re.split(r"^## ", whole, flags=re.M)[1:]]


def _paper(root: Path) -> list[str]:
    out = root / "_build" / "work" / "latex-constructs"
    trees = out.with_name("latex-doctrees")
    told = run(lambda: sphinx_build.build(Book(root), "latex", out, trees) or 0)
    assert told.code == 0, told.text
    page = (out / "book.tex").read_text("utf8").partition("{code-two}{Two}")[2]
    return HEADING.split(page)[1 : len(CARRIED) + 1]


READ = {"site": _site, "notebook": _notebook, "paper": _paper}
