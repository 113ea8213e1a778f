"""ARCHITECTURE.md names paths that exist and every room of the house, and tells the floors."""

from __future__ import annotations

import re

import pytest

from tests.helpers.tiny import REPOSITORY
from tests.pages.test_imports import FLOORS
from tools.book import Book

TEXT = (REPOSITORY / "ARCHITECTURE.md").read_text("utf8")
NAMED = list(dict.fromkeys(re.findall(r"`([^`\n]+)`", TEXT)))
# `CHAPTER` and the like stand for any name; what is made by a build is not there in a clone.
PATHS = [name for name in NAMED if re.search(r"/|\.(?:md|py|yml|txt)$", name)]
MADE = "_build/"
ROOMS = ("ebmlib", "ebmlib/plot", "book/_ext", "tools", "tests", "book")


def held(name: str) -> bool:
    return any(REPOSITORY.glob(re.sub(r"[A-Z]{4,}(?=[./]|$)", "*", name.rstrip("/"))))


@pytest.mark.parametrize("name", [name for name in PATHS if not name.startswith(MADE)])
def test_a_path_is_there(name: str) -> None:
    is_folder = all(path.is_dir() for path in REPOSITORY.glob(name.rstrip("/")))
    assert held(name), f"ARCHITECTURE.md names {name}, which is not there"
    assert is_folder or not name.endswith("/"), f"{name} is no folder"


def test_paths_are_found_and_a_wrong_one_is_not() -> None:
    assert len(PATHS) > 60
    assert not held("tools/nowhere.py")
    assert not held("book/CHAPTER/nowhere.md")


@pytest.mark.parametrize("room", ROOMS)
def test_every_room_is_named(room: str) -> None:
    """A chapter is named by the contents, and what begins with an underscore is no room."""
    files = [path for path in (REPOSITORY / room).rglob("*") if path.is_file()]
    inside = {path.relative_to(REPOSITORY / room).parts for path in files}
    names = {parts[0] for parts in inside if len(parts) > 1 and "__pycache__" not in parts}
    chapters = set(Book(REPOSITORY).chapters) if room == "book" else set()
    told = {name for name in names if f"{room}/{name}/" in TEXT}
    assert {name for name in names if not name.startswith(("_", "."))} - told - chapters == set()


def test_the_floors_are_those_that_are_held() -> None:
    rows = re.findall(r"^\| (\d+) \| (.+) \|$", TEXT, re.M)
    assert [int(number) for number, _ in rows] == list(range(1, len(FLOORS) + 1))
    assert tuple(set(re.findall(r"`(\w+)`", row)) for _, row in rows) == FLOORS
