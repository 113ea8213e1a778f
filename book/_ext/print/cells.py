"""Code cells on paper: what only draws is left out, what is long is cut, and a word says so."""

from __future__ import annotations

from typing import Any

from docutils import nodes
from docutils.nodes import Element
from sphinx import addnodes

OUTPUT_LINES = 16  # of an output longer than this the first twelve are printed
KEPT_LINES = 12
WHOLE = 9  # cells up to this many lines are kept on one page
PICTURE = 22  # lines that a figure right after a heading is given
SILENT = (nodes.title, nodes.target, nodes.comment, addnodes.index)
FOLDED = {"tag_hide-input": "source", "tag_hide-output": "output", "tag_hide-cell": "both"}


def visit(self: Any, node: Element) -> None:
    """A cell, its source or its output; other containers mean nothing on paper."""
    part = node.get("nb_element", "")
    if part == "cell_code_source" and _folded(node, "source"):
        raise nodes.SkipNode
    if part == "cell_code_output" and _folded(node, "output"):
        raise nodes.SkipNode
    if node.get("runs"):
        _drop_seconds(node)


def depart(self: Any, node: Element) -> None:
    """Nothing was opened."""


def _folded(node: Element, part: str) -> bool:
    """Whether the web edition folds this part of the cell away."""
    classes = node.parent.get("classes", [])
    return any(FOLDED.get(one) in (part, "both") for one in classes)


def visit_code(self: Any, node: Element) -> None:
    """Source or output, highlighted by the same words as on the web, in our own environment."""
    text = node.rawsource.rstrip("\n")
    output = node.parent.get("nb_element") == "cell_code_output"
    left = 0
    if output:
        lines = text.splitlines()
        if len(lines) > OUTPUT_LINES:
            left = len(lines) - KEPT_LINES
            text = "\n".join(lines[:KEPT_LINES])
    language = node.get("language", "default")
    options = self.config.highlight_options.get(language, {})
    arguments = {**node.get("highlight_args", {}), "force": node.get("force", False)}
    code = self.highlighter.highlight_block(
        text, language, opts=options, location=node, **arguments
    )
    kind = "ebmoutput" if output else "ebmcodeblock"
    code = code.replace(r"\begin{Verbatim}", rf"\begin{{{kind}}}", 1).rstrip()
    code = code.removesuffix(r"\end{Verbatim}") + rf"\end{{{kind}}}"
    labels = self.hypertarget_to(node)
    self.mark(node)
    lines = text.count("\n") + 1
    self.body.append(f"\n\n\\ebmroom{{{_room(text)}}}\\ebmlines{{{lines}}}{labels}\n{code}\n")
    if left:
        self.body.append(f"\\ebmcut{{{left}}}\n")
    raise nodes.SkipNode


def _room(text: str) -> int:
    """How many lines must find room where a cell begins."""
    lines = text.count("\n") + 1
    return lines if lines <= WHOLE else 6


def room_of_first(section: Element) -> int:
    """What a heading needs below it: a few lines, or the cell or figure that follows at once."""
    for node in section.children:
        if isinstance(node, nodes.figure):
            return PICTURE
        if isinstance(node, SILENT) or not isinstance(node, nodes.Element):
            continue
        if node.get("nb_element") != "cell_code":
            return 3
        block = next(iter(node.findall(nodes.literal_block)), None)
        if block is not None and not _folded(block.parent, "source"):
            return _room(block.rawsource.rstrip("\n"))
    return 3


def _drop_seconds(node: Element) -> None:
    """The seconds of the runs differ from build to build: their column is for the web."""
    for table in node.findall(nodes.table):
        rows = list(table.findall(nodes.row))
        width = len(rows[0])
        if width < 3:
            continue
        group = next(table.findall(nodes.tgroup))
        group["cols"] = width - 1
        group.remove(list(group.findall(nodes.colspec))[-1])
        for row in rows:
            row.remove(row[-1])
