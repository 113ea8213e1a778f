"""What a page tells of itself when it is read: its question, its length, what it needs."""

from __future__ import annotations

import re
from typing import NamedTuple

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from _ext.checks.head import CHECKS
from _ext.checks.nodes import Folded, Sentence
from _ext.figures.picture import Picture
from _ext.shared.kept import ByPage

WORDS = 200  # that are read in a minute
SECONDS = 10  # that one looks at a figure
NEEDS = "You need"
SILENT = (nodes.comment, addnodes.index, Picture)
FOLDED = "tag_hide"  # of a cell that nobody need open
_QUESTION = re.compile(r"[^.?!]*\?")


class Told(NamedTuple):
    """Of a page: its first question, its words in view, its figures, the labels that it needs,
    and the line that names them."""

    question: str
    words: int
    figures: int
    needs: tuple[str, ...]
    line: int


TOLD = ByPage[Told]("pages_told")


def note(app: Sphinx, doctree: nodes.document) -> None:
    """Keep what the page tells."""
    opening = _opening(doctree)
    needs = [one for one in opening if one.astext().startswith(NEEDS)]
    TOLD(app.env)[app.env.docname] = Told(
        next(filter(None, map(_question, opening)), ""),
        _words(doctree),
        sum(1 for _ in doctree.findall(Picture)),
        tuple(label for one in needs for label in _labels(one)),
        next((one.line or 1 for one in needs), 1),
    )


def _opening(doctree: nodes.document) -> list[nodes.paragraph]:
    """The paragraphs between the page's title and its first section."""
    section = next(iter(doctree.findall(nodes.section)), None)
    return [one for one in section or () if isinstance(one, nodes.paragraph)]


def _question(paragraph: nodes.paragraph) -> str:
    found = _QUESTION.search(" ".join(paragraph.astext().split()))
    return found[0].strip() if found else ""


def _labels(paragraph: nodes.paragraph) -> list[str]:
    every = paragraph.findall(addnodes.pending_xref)
    return [str(one["reftarget"]) for one in every if one.get("reftype") == "ref"]


def _words(node: nodes.Node) -> int:
    """Those in view, code among them; a formula is one."""
    if isinstance(node, SILENT) or _is_folded(node):
        return 0
    if isinstance(node, (nodes.math, nodes.math_block)):
        return 1
    if isinstance(node, nodes.Text):
        return len(node.split())
    inside = node.findall(Sentence) if isinstance(node, Folded) else node.children
    return sum(map(_words, inside))


def _is_folded(node: nodes.Node) -> bool:
    classes = node["classes"] if isinstance(node, nodes.Element) else ()
    return any(str(one).startswith(FOLDED) for one in classes)


def minutes(told: Told) -> int:
    """How long one reads a page."""
    return max(1, round(told.words / WORDS + told.figures * SECONDS / 60))


def checks(env: BuildEnvironment, page: str) -> int:
    """How many claims the page checks, as `_ext.checks` counts them."""
    return CHECKS(env).get(page, 0)


def page_of(env: BuildEnvironment, label: str) -> str:
    """The page on which a label stands; empty for a label that is none."""
    found = env.get_domain("std").data["anonlabels"].get(label.lower())
    return found[0] if found else ""
