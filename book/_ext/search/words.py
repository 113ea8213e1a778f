"""What a reader sees of a node, and what the same is called in code."""

from __future__ import annotations

import ast
import keyword
import re
import unicodedata
from collections.abc import Iterator

from docutils import nodes
from sphinx import addnodes

from _ext.checks.nodes import Count
from _ext.katex.state import source
from _ext.stylesheet.expand import plain
from _ext.stylesheet.model import Stylesheet

COMMAND = re.compile(r"\\([A-Za-z]+)")
SHORT = re.compile(r",\s+([A-Z][\w-]*)\s+for\s+short\b")  # how the book introduces an abbreviation
NAME = re.compile(r"[A-Za-z_][A-Za-z_0-9]{2,}")
# Pictures and outputs hold no sentences, and what leads elsewhere tells of other places.
UNREAD = (
    nodes.raw,
    nodes.comment,
    nodes.image,
    nodes.label,
    nodes.footnote_reference,
    nodes.system_message,
    Count,
    addnodes.desc_signature,
    addnodes.glossary,  # its words are said again where they are at home
)
UNREAD_CLASSES = {
    "cell_output",
    "toctree-wrapper",
    "notation-pages",
    "runs",
    "api-of-page",
    "live-labels",
}


def is_read(node: nodes.Node) -> bool:
    """Whether words of a node are the page's own, for a reader."""
    if isinstance(node, nodes.Element):
        return not isinstance(node, UNREAD) and not UNREAD_CLASSES & set(node.get("classes", ()))
    return True


def written(node: nodes.Element, sheet: Stylesheet) -> str:
    """A formula as characters; one that cannot be read is told of when it is typeset."""
    try:
        return plain(source(node), sheet)
    except ValueError:
        return ""


def called(node: nodes.Element, sheet: Stylesheet) -> Iterator[str]:
    r"""The names in code of the symbols of a formula: `F_inf` for `\Finf`."""
    for macro in COMMAND.findall(source(node)):
        if macro in sheet.symbols and sheet.symbols[macro].python:
            yield sheet.symbols[macro].python


def defined(code: str) -> list[str]:
    """The functions and classes that a cell defines, in the order of its lines."""
    try:
        tree = ast.parse(code)
    except SyntaxError:  # a magic, or no Python
        return []
    kinds = (ast.FunctionDef, ast.ClassDef)
    return [node.name for node in tree.body if isinstance(node, kinds)]


def identifiers(code: str) -> set[str]:
    """The names that stand in a cell, its comments and strings with them."""
    return set(NAME.findall(code)) - set(keyword.kwlist)


def greek(text: str) -> dict[str, str]:
    """The Greek letters of a text with what one types for them: `beta`."""
    found = {}
    for letter in sorted(set(text)):
        kind, _, name = unicodedata.name(letter, "").rpartition(" LETTER ")
        if kind in ("GREEK SMALL", "GREEK CAPITAL") and name.isalpha():
            found[letter] = "lambda" if name == "LAMDA" else name.lower()
    return found
