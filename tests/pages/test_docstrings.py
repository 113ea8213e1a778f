"""One dialect of docstrings in the library: Google's sections, single backticks."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from _ext.api.docstring import parts

ROOT = Path(__file__).resolve().parents[2]
LIBRARY = sorted((ROOT / "ebmlib").rglob("*.py"))
TWINS = "Args, Raises"  # one line that names another function
ITEM = re.compile(r"[\w.]+(\[[\w, ]+\])?: \S")


def names_of(node: ast.AST) -> set[str]:
    """The parameters of a function, or those of a class and its fields."""
    if isinstance(node, ast.ClassDef):
        return set().union(*map(names_of, node.body))
    if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
        return {node.target.id}
    if isinstance(node, ast.FunctionDef):
        given = node.args
        rest = [one for one in (given.vararg, given.kwarg) if one]
        return {a.arg for a in (*given.posonlyargs, *given.args, *given.kwonlyargs, *rest)}
    return set()


def docstrings(source: str) -> Iterator[tuple[str, str, set[str]]]:
    """Name, docstring, and parameters of all that has one."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef):
            doc = ast.get_docstring(node)
            if doc:
                yield getattr(node, "name", "module"), doc, names_of(node)


def faults(source: str) -> list[str]:
    """What is not of the dialect, one line each."""
    found = []
    for name, doc, parameters in docstrings(source):
        if "``" in doc:
            found.append(f"{name}: double backticks")
        for part in parts(doc):
            if part.title == TWINS:
                if not re.match(r"as `[\w.]+`", part.text):
                    found.append(f"{name}: {TWINS} names no function: {part.text}")
            elif part.title in ("Args", "Raises"):
                if re.search(rf"^{part.title}: ", doc, re.M):
                    found.append(f"{name}: {part.title} must stand above its indented lines")
                items = [line for line in part.lines if line[:1].strip()]
                found += [f"{name}: {part.title}: {i}" for i in items if not ITEM.match(i)]
            if part.title == "Args" and parameters:
                known = [one for one, _ in part.items if one.lstrip("*") in parameters]
                if len(known) != len(part.items) or len(set(known)) != len(known):
                    found.append(f"{name}: Args must name each parameter once: {part.items}")
    return found


@pytest.mark.parametrize("module", LIBRARY, ids=lambda path: str(path.relative_to(ROOT)))
def test_docstrings_have_one_dialect(module: Path) -> None:
    assert faults(module.read_text("utf8")) == []


@pytest.mark.parametrize(
    ("doc", "fault"),
    [
        ("Do ``it``.", "double backticks"),
        ("Do it.\n\n    Raises: ValueError where x is bad.", "above its indented lines"),
        ("Do it.\n\n    Raises:\n        if x is bad.", "Raises: if x is bad"),
        ("Do it.\n\n    Args:\n        y: what is not there.", "name each parameter once"),
        ("Do it.\n\n    Args, Raises: the same.", "names no function"),
    ],
)
def test_another_dialect_is_found(doc: str, fault: str) -> None:
    source = f'def f(x):\n    """{doc}\n    """\n'
    assert any(fault in one for one in faults(source)), faults(source)


def test_the_dialect_passes() -> None:
    doc = "Do it.\n\n    Args:\n        x: what.\n\n    Raises:\n        ValueError: if x is bad."
    assert faults(f'def f(x):\n    """{doc}\n    """\n') == []
    assert faults('def f(x):\n    """Do it.\n\n    Args, Raises: as `g`.\n    """\n') == []
