"""Boxes of class `dropdown` as <details>: open by keyboard, without a script, and for a link."""

from __future__ import annotations

from typing import Any

import sphinx_exercise.nodes as exercise
from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx

TITLED = (  # boxes whose first child is their title
    nodes.admonition,
    exercise.exercise_node,
    exercise.exercise_enumerable_node,
    exercise.solution_node,
)
NAMED = (  # boxes that are called what they are
    *(getattr(nodes, name) for name in ("note", "tip", "hint", "important", "warning")),
    *(getattr(nodes, name) for name in ("attention", "caution", "danger", "error")),
    addnodes.seealso,
)
BOXES = (*TITLED, *NAMED)
# A caption of the contents is a heading, and a screen reader asks of which level.
CAPTION = '<p class="caption" role="heading"'
LEVELLED = '<p aria-level="2" class="caption" role="heading"'
INNER = ("exercise-content", "solution-content")


def _folded(node: nodes.Node | None) -> bool:
    if not isinstance(node, nodes.Element) or not isinstance(node, BOXES):
        return False
    return "dropdown" in node["classes"]


def _visit_box(self: Any, node: nodes.Element) -> None:
    name = type(node).__name__ if isinstance(node, NAMED) else ""
    if not _folded(node):
        type(self).visit_admonition(self, node, name)
        return
    attributes = {"open": "open"} if "show" in node["classes"] else {}
    self.body.append(self.starttag(node, "details", CLASS=f"admonition {name}", **attributes))
    if name:
        self.body.append(f'<summary class="admonition-title">{name.title()}</summary>\n')


def _depart_box(self: Any, node: nodes.Element) -> None:
    if _folded(node):
        self.body.append("</details>\n")
    else:
        type(self).depart_admonition(self, node)


def _visit_title(self: Any, node: nodes.title) -> None:
    if _folded(node.parent):
        self.body.append(self.starttag(node, "summary", "", CLASS="admonition-title"))
        self.context.append("</summary>\n")
    else:
        place = len(self.body)
        type(self).visit_title(self, node)
        self.body[place] = self.body[place].replace(CAPTION, LEVELLED, 1)


def _depart_title(self: Any, node: nodes.title) -> None:
    if _folded(node.parent):
        self.body.append(self.context.pop())
    else:
        type(self).depart_title(self, node)


def _one_id_once(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """sphinx-exercise gives every box the same inner id."""
    for section in doctree.findall(nodes.section):
        section["ids"] = [one for one in section["ids"] if one not in INNER]


def setup(app: Sphinx) -> None:
    """How HTML writes these boxes and their titles; other formats keep their own ways."""
    app.setup_extension("sphinx_exercise")  # so that it does not register its own after us
    for node in BOXES:
        app.add_node(node, override=True, html=(_visit_box, _depart_box))
    app.connect("doctree-resolved", _one_id_once)
    app.add_node(nodes.title, override=True, html=(_visit_title, _depart_title))
