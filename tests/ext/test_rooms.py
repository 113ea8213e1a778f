"""The rooms of the extensions: who may know whom, and that each has its folder of tests."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
EXT = ROOT / "book" / "_ext"
ROOMS = sorted(path.name for path in EXT.iterdir() if (path / "__init__.py").is_file())
FILES = sorted(EXT.rglob("*.py"))
# What everybody may know, and in it who knows whom: these know no feature.
GROUND: dict[str, set[str]] = {"shared": set(), "stylesheet": set(), "numbering": {"shared"}}
# A feature knows the ground, and another feature where it shows one of its kind.
EDGES = {
    "diagrams": {"figures"},  # a diagram is a figure with another picture
    "figures": {"live"},  # a live figure is a figure that the reader moves
    # Its pictures are those of figures, its cards have the theme's letters and tell the checks.
    "lead": {"checks", "figures", "theme"},
    "moved": {"theme"},  # its pages have the policy of all
    "notebooks": {"checks", "figures", "katex", "questions"},
    "notation": {"katex"},
    "print": {"checks", "figures", "questions"},
    "tips": {"checks", "katex", "notation"},  # a number on a button is not pointed at
    "search": {"checks", "katex", "notation"},  # sentences, formulas, symbols, in words
}
NAME = re.compile(r"_ext\.(\w+)")


def known(file: Path) -> set[str]:
    """The rooms that a module imports, or names in a string, as `setup_extension` does."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(file.read_text("utf8"))):
        if isinstance(node, ast.ImportFrom) and node.module == "_ext":
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            found |= set(NAME.findall(str(node.module)))
        elif isinstance(node, ast.Import):
            found |= {name for alias in node.names for name in NAME.findall(alias.name)}
        elif isinstance(node, ast.Constant) and NAME.match(str(node.value)):
            found |= set(NAME.findall(str(node.value)))
    return found


def edges() -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for file in FILES:
        room = file.relative_to(EXT).parts[0]
        found.setdefault(room, set()).update(known(file) - {room})
    return found


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_knows_the_ground_and_what_it_shows(room: str) -> None:
    allowed = GROUND.get(room, GROUND.keys() | EDGES.get(room, set()))
    assert edges()[room] <= allowed, f"{room} knows {edges()[room] - allowed}"


def test_every_edge_that_is_allowed_is_used() -> None:
    assert {room: edges()[room] - GROUND.keys() for room in EDGES} == EDGES


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.relative_to(EXT).as_posix())
def test_imports_are_absolute_and_not_of_the_tools(file: Path) -> None:
    for node in ast.walk(ast.parse(file.read_text("utf8"))):
        if isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"line {node.lineno}: write from _ext.ROOM.MODULE import name"
            assert str(node.module).partition(".")[0] != "tools", f"line {node.lineno}"
        elif isinstance(node, ast.Import):
            assert not [one for one in node.names if one.name.startswith("tools")]


def test_a_setting_is_declared_in_one_place() -> None:
    calls = re.compile(r"add_config_value\(\s*[\"']ebm_")
    assert [file.name for file in FILES if calls.search(file.read_text("utf8"))] == []
    settings = re.findall(r"Setting\(\"(ebm_\w+)", (EXT / "shared/settings.py").read_text("utf8"))
    used = {name for file in FILES for name in re.findall(r"\.(ebm_\w+)", file.read_text("utf8"))}
    given = re.findall(r"^ {4}(ebm_\w+):", (ROOT / "_config.yml").read_text("utf8"), re.M)
    assert set(given) <= set(settings)
    assert set(settings) <= used
    assert len(settings) == len(set(settings))


def test_every_room_has_its_folder_of_tests_and_no_folder_is_left_over() -> None:
    tests = Path(__file__).parent
    found = sorted({path.parent.name for path in tests.glob("*/test_*.py")})
    assert found == ROOMS
