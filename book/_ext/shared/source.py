"""Lines of sources: those behind a figure and their addresses, those within a directive."""

from __future__ import annotations

import ast
from functools import lru_cache
from pathlib import Path

from sphinx.util.docutils import SphinxDirective

Definition = ast.FunctionDef | ast.ClassDef


def lines_of(root: Path, module: str, function: str) -> tuple[str, int, int] | None:
    """File below ``root``, first and last line of a function, or None where it is not there."""
    file = Path(*module.split(".")).with_suffix(".py")
    try:
        tree = _tree((root / file).read_text(encoding="utf-8"))
    except (OSError, SyntaxError):
        return None
    found: ast.AST | None = tree
    for part in function.replace(".<locals>", "").split("."):
        inside = ast.iter_child_nodes(found) if found else ()
        found = next((one for one in inside if getattr(one, "name", "") == part), None)
    if not isinstance(found, Definition):
        return None
    first = min([found.lineno, *(line.lineno for line in found.decorator_list)])
    return file.as_posix(), first, found.end_lineno or first


@lru_cache(maxsize=64)
def _tree(text: str) -> ast.Module:
    """A module's functions are asked for one by one."""
    return ast.parse(text)


def line(directive: SphinxDirective, at: int) -> int:
    """The line of the page on which a line of a directive's body stands, counted from 0.

    MyST counts a body's lines within its fence.
    """
    return int(directive.lineno) + int(directive.content_offset) + at + 1


def address(repository: str, commit: str, file: str, first: int, last: int) -> str:
    """Where a repository shows these lines of a file at a commit."""
    return f"{whole(repository, commit, file)}#L{first}-L{last}"


def whole(repository: str, commit: str, file: str) -> str:
    """Where a repository shows a file at a commit."""
    return f"{repository.rstrip('/')}/blob/{commit or 'HEAD'}/{file}"
