"""The repository's address: given, a clone's origin, or none; authors are told."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from tests.helpers.tiny import make_book
from tools import repository
from tools.book import Book


def book(root: Path, given: str, origin: str = "") -> Book:
    make_book(root)
    path = root / "_config.yml"
    path.write_text(
        path.read_text().replace("  config: {", f"  config: {{ebm_repository: {given}, ")
    )
    if origin:
        for words in (("init", "-q"), ("remote", "add", "origin", origin)):
            subprocess.run(["git", "-C", str(root), *words], check=True)
    return Book(root)


def test_an_address_is_taken_as_it_is_given(tmp_path: Path) -> None:
    one = book(tmp_path, "https://code.invalid/a/b")
    assert repository.address(one) == "https://code.invalid/a/b"
    assert repository.told(one) == ""


@pytest.mark.parametrize("given", ["https://github.com/OWNER/b", "https://example.invalid/b", "''"])
def test_a_placeholder_is_told_with_its_line(tmp_path: Path, given: str) -> None:
    said = repository.told(book(tmp_path, given))
    lines = (tmp_path / "_config.yml").read_text().splitlines()
    number = next(n for n, line in enumerate(lines, 1) if "ebm_repository:" in line)
    assert said.startswith(f"{tmp_path}/_config.yml:{number}: ebm_repository is a placeholder")


@pytest.mark.parametrize(
    "origin",
    [
        "https://code.invalid/a/b.git",
        "https://somebody:secret@code.invalid/a/b",
        "git@code.invalid:a/b.git",
        "ssh://git@code.invalid/a/b.git",
    ],
)
def test_auto_is_the_clones_origin(tmp_path: Path, origin: str) -> None:
    one = book(tmp_path, "auto", origin)
    assert repository.address(one) == "https://code.invalid/a/b"
    assert repository.told(one).endswith("the origin of this clone: https://code.invalid/a/b")


@pytest.mark.parametrize("origin", ["", "/srv/git/book", "../elsewhere"])
def test_an_origin_that_is_no_address_is_a_placeholder(tmp_path: Path, origin: str) -> None:
    one = book(tmp_path, "auto", origin)
    assert repository.address(one) == ""
    assert "is a placeholder" in repository.told(one)
