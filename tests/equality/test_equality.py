"""Whatever was edited, an incremental build gives the files of one from nothing, byte for byte."""

from __future__ import annotations

import random
import shutil
from pathlib import Path

import pytest

from tests.equality.__main__ import drawn, good
from tests.equality.blocks import Block
from tests.equality.book import Leaf, State, first
from tests.equality.compare import Desk, step
from tests.equality.edits import Edit, rename_page
from tests.faults.tiny import warm

pytestmark = pytest.mark.slow
SEEDS = (1, 2, 3)


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that holds the first book, built, and a copy of it."""
    warm()
    folder = tmp_path_factory.mktemp("equality")
    good(folder)
    return folder


@pytest.fixture
def desk(place: Path) -> Desk:
    root = place / "book"
    shutil.rmtree(root)
    shutil.copytree(place / "kept", root, symlinks=True)
    return Desk(root, first(), first().files())


def leaf(state: State, name: str) -> Leaf:
    return next(one for one in state.leaves if one.name == name)


def rename_title(state: State, draw: random.Random) -> None:
    leaf(state, "book/a/one").title = "Another title"


def name_a_page(state: State, draw: random.Random) -> None:
    state.parts[1].chapters[0].append(Leaf("book/b/new", "New", "b-new", [Block("prose")]))


def change_a_caption(state: State, draw: random.Random) -> None:
    state.parts[1].caption = "Part B, renamed"


def take_numbers_away(state: State, draw: random.Random) -> None:
    state.parts[0].numbered = False


def remove_a_page(state: State, draw: random.Random) -> None:
    state.parts[1].chapters[0] = [leaf(state, "book/b/one")]


def number_an_equation(state: State, draw: random.Random) -> None:
    """Before eq-a, which page book/b/one leads to."""
    leaf(state, "book/a/one").blocks.insert(0, Block("equation", "eq-early", 7))


def say_a_check_otherwise(state: State, draw: random.Random) -> None:
    """Its page does not run again, and is written again."""
    blocks = leaf(state, "book/a/two").blocks
    blocks[blocks.index(Block("check"))] = Block("check", number=7)


def check_a_first_claim(state: State, draw: random.Random) -> None:
    leaf(state, "book/b/two").blocks.append(Block("check"))


W1: tuple[Edit, ...] = (
    rename_title, name_a_page, change_a_caption, take_numbers_away, remove_a_page,
    number_an_equation, rename_page,
    say_a_check_otherwise, check_a_first_claim,
)  # fmt: skip


@pytest.mark.parametrize("edit", W1, ids=lambda edit: edit.__name__)
def test_what_an_author_found(desk: Desk, edit: Edit) -> None:
    assert step(desk, edit, random.Random(0)) == []


@pytest.mark.parametrize("seed", SEEDS)
def test_a_drawn_sequence(place: Path, seed: int) -> None:
    assert drawn(place, seed, 4) == []
