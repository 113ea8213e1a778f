"""Addresses of the exact lines behind a figure."""

from __future__ import annotations

import ast
from pathlib import Path


def lines_of(root: Path, module: str, function: str) -> tuple[str, int, int] | None:
    """File below ``root``, first and last line of a function, or None where it is not there."""
    file = Path(*module.split(".")).with_suffix(".py")
    try:
        tree: ast.AST = ast.parse((root / file).read_text(encoding="utf-8"))
    except (OSError, SyntaxError):
        return None
    for part in function.replace(".<locals>", "").split("."):
        found = next(
            (
                node
                for node in ast.iter_child_nodes(tree)
                if isinstance(node, (ast.FunctionDef, ast.ClassDef)) and node.name == part
            ),
            None,
        )
        if found is None:
            return None
        tree = found
    first = min([found.lineno, *(line.lineno for line in found.decorator_list)])
    return file.as_posix(), first, found.end_lineno or first


def address(repository: str, commit: str, file: str, first: int, last: int) -> str:
    """Where a repository shows these lines of a file at a commit."""
    return f"{whole(repository, commit, file)}#L{first}-L{last}"


def whole(repository: str, commit: str, file: str) -> str:
    """Where a repository shows a file at a commit."""
    return f"{repository.rstrip('/')}/blob/{commit or 'HEAD'}/{file}"
