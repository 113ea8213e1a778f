"""What is published is what the buttons lead to; placeholders are refused."""

from __future__ import annotations

import json
import re
from pathlib import Path
from urllib.parse import parse_qs, urlparse

import pytest
import yaml

from _ext.launch.links import Addresses, links
from tests.helpers.tiny import REPOSITORY, cell, make_book
from tools.book import Book, BookError
from tools.publish.lay_out import publish

AT = Addresses("https://github.com/somebody/energy", "main", "notebooks")


def settings(root: Path, **addresses: str) -> Book:
    path = root / "_config.yml"
    config = yaml.safe_load(path.read_text())
    config["sphinx"]["config"] |= addresses
    path.write_text(yaml.safe_dump(config))
    return Book(root)


RAN = {"cell_type": "code", "execution_count": 1, "metadata": {}, "outputs": [], "source": ""}
NOTEBOOK = json.dumps({"cells": [RAN]})


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A book as if it had been built."""
    make_book(tmp_path, one="# One\n\n" + cell("1"), two="# Two\n")
    site = tmp_path / "_build" / "site"
    site.mkdir(parents=True)
    for name in ("index.html", "one.html", "two.html", "one.ipynb"):
        (site / name).write_text(name)
    (site / "one.ipynb").write_text(NOTEBOOK)
    (tmp_path / "binder").mkdir()
    (tmp_path / "binder" / "environment.yml").write_text("name: tiny\n")
    return tmp_path


REAL = {"ebm_repository": AT.repository, "ebm_site": "https://somebody.github.io/energy"}


def test_every_button_leads_to_a_file_that_is_published(root: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    written = publish(settings(root, **REAL), out)
    assert written == ["one.ipynb"]
    local = {"notebook": "one.ipynb", "source": "_sources/one.md"}
    groups = dict(links(AT, "one.md", "One", local, runs=True))
    colab, binder = (item.url for item in groups["Run this page"])
    branch, path = re.fullmatch(r".*/github/somebody/energy/blob/(\w+)/(.*)", colab).groups()
    assert branch == "notebooks"
    assert (out / "notebooks" / path).is_file()
    asked = urlparse(binder)
    assert asked.path == "/v2/gh/somebody/energy/notebooks"
    opened = parse_qs(asked.query)["urlpath"][0].removeprefix("lab/tree/")
    assert (out / "notebooks" / opened).is_file()
    assert (out / "notebooks" / "binder" / "environment.yml").is_file()
    assert (out / "site" / groups["Take it along"][0].url).is_file()
    assert groups["Mend it"][1].url == "https://github.com/somebody/energy/edit/main/one.md"


LOST = '<html data-content_root="./"><a href="#"></a><script src="_static/a.js"></script>'


def test_the_page_for_wrong_addresses_finds_its_files_from_anywhere(
    root: Path, tmp_path: Path
) -> None:
    (root / "_build" / "site" / "404.html").write_text(LOST)
    publish(settings(root, **REAL), tmp_path / "out")
    text = (tmp_path / "out" / "site" / "404.html").read_text()
    assert text == LOST.replace('"./', '"/energy/./').replace('"_static', '"/energy/_static')
    assert (root / "_build" / "site" / "404.html").read_text() == LOST


def test_a_page_without_cells_has_nothing_to_run() -> None:
    groups = dict(links(AT, "two.md", "Two", {"notebook": "", "source": "two.md"}, runs=False))
    assert "Run this page" not in groups
    assert [one.text for one in groups["Take it along"]] == [
        "Source (.md)",
        "Print, or save as PDF",
    ]


@pytest.mark.parametrize("name", REAL)
def test_a_placeholder_is_refused_with_its_line(root: Path, tmp_path: Path, name: str) -> None:
    book = settings(root, **{**REAL, name: "https://github.com/OWNER/x"})
    with pytest.raises(BookError, match=rf"_config\.yml:\d+: {name} must be a real address"):
        publish(book, tmp_path / "out")


def test_this_book_has_its_placeholders_in_one_place_and_refuses_them(tmp_path: Path) -> None:
    with pytest.raises(BookError, match=r"_config\.yml:\d+: ebm_repository"):
        publish(Book(REPOSITORY), tmp_path)


def test_a_book_that_is_not_built_is_told(root: Path, tmp_path: Path) -> None:
    (root / "_build" / "site" / "index.html").unlink()
    with pytest.raises(BookError, match="build the book first"):
        publish(settings(root, **REAL), tmp_path / "out")
