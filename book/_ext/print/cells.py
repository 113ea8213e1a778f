"""Code cells on paper: what only draws is left out, what is long is cut, and a word says so."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

from docutils import nodes
from docutils.nodes import Element
from sphinx import addnodes

from _ext.checks.nodes import Folded

OUTPUT_LINES = 16  # of an output longer than this the first twelve are printed
KEPT_LINES = 12
LEAST = 4  # lines of a cell on either page when it breaks
LONG = 14  # lines that are kept together between two blank ones
PICTURE = 22  # lines that a figure right after a heading is given
WORD = 80  # letters: a paragraph as short as this only announces what follows
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


def _folded(node: Element, part: str) -> bool:
    """Whether the web edition folds this part of the cell away."""
    classes: list[str] = node.parent.get("classes", [])
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
    kept = f"\\ebmroom{{{_room(text)}}}{{{text.count(chr(10)) + 1}}}"
    if output:
        kept = "\\ebmfollows"
    elif _answers(node):
        kept += "\\ebmleads"
    places = ",".join(map(str, breaks(text)))
    self.body.append(f"\n\n\\begingroup{kept}\\ebmbreaks{{{places}}}{labels}\n{code}\n\\endgroup\n")
    if left:
        self.body.append(f"\\ebmcut{{{left}}}\n")
    raise nodes.SkipNode


def _answers(node: Element) -> bool:
    """Whether a cell's printed output follows its source."""
    cell = node.parent.parent
    return node.parent.get("nb_element") == "cell_code_source" and any(
        part.get("nb_element") == "cell_code_output"
        and not _folded(part, "output")
        and isinstance(part.next_node(), nodes.literal_block)
        for part in cell.children
        if isinstance(part, Element)
    )


def breaks(text: str) -> list[int]:
    """The lines of a cell after which a page may end: the blank ones.

    What stands between two blank lines is kept together, unless it is long: then it may break
    before a statement, or within one that is long itself.
    """
    lines = text.split("\n")
    last = len(lines) - LEAST
    blank = [k for k in range(LEAST, last + 1) if not lines[k - 1].strip()]
    found = list(blank)
    for start, end in pairwise([0, *blank, len(lines)]):
        if end - start > LONG:
            inner = [k for k in range(start + LEAST, end - LEAST + 1) if lines[k].strip()]
            found += [k for k in inner if lines[k][0] not in " )]}"] or inner
    return sorted(found)


def _room(text: str) -> int:
    """How many lines must find room where a cell begins."""
    return min(breaks(text), default=text.count("\n") + 1)


def room_of_first(section: Element) -> int:
    """What a heading needs below it: a few lines, or the cell or figure that follows at once."""
    for node in section.children:
        if isinstance(node, nodes.figure):
            return PICTURE
        if isinstance(node, SILENT) or not isinstance(node, nodes.Element):
            continue
        if isinstance(node, Folded) and node["kind"] != "check":
            continue
        if isinstance(node, nodes.paragraph) and len(node.astext()) <= WORD:
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
