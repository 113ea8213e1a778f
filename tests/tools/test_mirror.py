"""Every module of tools has its test file, at the same place; no tool imports an extension."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from tests.helpers.tiny import REPOSITORY

TOOLS, HERE = REPOSITORY / "tools", Path(__file__).parent
MODULES = sorted(path for path in TOOLS.rglob("*.py") if path.name != "__init__.py")
# Without a file of their own, and where they are tested.
ELSEWHERE = {
    "build/__main__.py": "test_no_book.py; a command, run by build/test_sphinx_build.py",
    "execute/__main__.py": "test_no_book.py; a command, run by execute/test_execution.py",
    "print/__main__.py": "test_no_book.py; a command, run by ../print/test_build.py",
    "publish/__main__.py": "test_no_book.py; a command, run by ../faults/test_circumstances.py",
    "build/checks/outputs.py": "../faults/test_pages.py: outputs that only a run gives are planted",
    "execute/forked_kernel.py": "execute/test_fork_server.py: the other end of its socket",
    "diagrams.py": "../ext/diagrams/test_diagrams.py: what it draws is placed by that extension",
    "print/drawings.py": "../print/test_build.py: needs TeX Live",
    "print/pdf.py": "../print/test_build.py: needs TeX Live",
    "print/tex.py": "../print/test_build.py: needs TeX Live",
    **{
        f"build/checks/{name}.py": "build/checks/test_words.py: one table of mistakes for all"
        for name in (
            "cells",
            "exercises",
            "fault",
            "fences",
            "footnotes",
            "markdown",
            "media",
            "seeds",
            "tables",
        )
    },
    **{
        f"build/checks/{name}.py": "../faults/test_features.py: built, with all of their step"
        for name in ("claims", "drawn", "editions", "front")
    },
    "build/checks/bibliography.py": "../faults/test_pages.py: built",
    "build/checks/settings.py": "../faults/test_pages.py: built",
    "build/checks/diagrams.py": "build/checks/test_stylesheet.py: what its colours make old",
    "build/checks/named.py": "build/checks/test_names.py: who gives a name",
}


def within(path: Path) -> str:
    return path.relative_to(TOOLS).as_posix()


def imports(path: Path) -> set[str]:
    nodes = list(ast.walk(ast.parse(path.read_text("utf8"))))
    names = {one.name for node in nodes if isinstance(node, ast.Import) for one in node.names}
    return names | {str(node.module) for node in nodes if isinstance(node, ast.ImportFrom)}


@pytest.mark.parametrize("module", MODULES, ids=within)
def test_a_module_has_its_test_file_which_imports_it(module: Path) -> None:
    inside = module.relative_to(TOOLS)
    own = HERE / inside.with_name(f"test_{inside.name}")
    if (known := ELSEWHERE.get(within(module))) is not None:
        assert not own.is_file(), f"{own} is there: take {within(module)} off the list"
        assert all((HERE / word).is_file() for word in _files(known)), known
        return
    assert own.is_file(), f"write {own.relative_to(REPOSITORY)}"
    name = ".".join(("tools", *inside.with_suffix("").parts))
    package, _, last = name.rpartition(".")
    tested = imports(own)
    assert name in tested or (package in tested and last in own.read_text("utf8"))


def _files(words: str) -> list[str]:
    return [word.strip(":;") for word in words.split() if word.strip(":;").endswith(".py")]


def test_the_list_of_what_is_tested_elsewhere_names_modules_that_exist() -> None:
    assert set(ELSEWHERE) <= set(map(within, MODULES))


@pytest.mark.parametrize("test", sorted(HERE.rglob("test_*.py")), ids=lambda path: path.name)
def test_a_test_file_of_a_package_stands_for_a_module(test: Path) -> None:
    inside = test.relative_to(HERE)
    module = TOOLS / inside.with_name(inside.name.removeprefix("test_"))
    about_all = inside.name in ("test_mirror.py", "test_no_book.py")
    assert module.is_file() or about_all, f"{module.relative_to(REPOSITORY)} is no module"


@pytest.mark.parametrize("module", MODULES, ids=within)
def test_no_tool_imports_an_extension(module: Path) -> None:
    roots = {name.partition(".")[0] for name in imports(module)}
    assert "_ext" not in roots
