"""What a module means to the pages that import it: its code without docstrings and comments.

Outputs show neither, so that better words in the library run no page again. A page that does show
them, or reaches a module that does, depends on the modules' whole text.
"""

from __future__ import annotations

import ast
import hashlib
import re

DOCUMENTED = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
SHOWN = re.compile(
    r"__doc__|\bget(?:source|doc|comments)|\bhelp\(|^[\w.()]+\?+[ \t]*$", re.MULTILINE
)


def meaning(source: str) -> str:
    """A hash of the syntax tree; it holds defaults, annotations and names, but no line numbers.

    Raises:
        SyntaxError: if the source is not Python.
    """
    tree = ast.parse(source)
    for node in ast.walk(tree):
        if isinstance(node, DOCUMENTED) and ast.get_docstring(node, clean=False) is not None:
            del node.body[0]
    return hashlib.sha256(ast.dump(tree).encode()).hexdigest()


def shows_words(source: str) -> bool:
    """Whether the code asks for the docstrings or the source of what it calls."""
    return bool(SHOWN.search(source))
