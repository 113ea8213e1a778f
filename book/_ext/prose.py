"""Prose as it should be set: a minus before a negative number, no break within '2-100-2'."""

from __future__ import annotations

import re
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx

NEGATIVE = re.compile(r"^-(?=\d)")
# Sizes of a net, 'L-BFGS', '3-d', '1e-5': after such a hyphen no line should end.
WHOLE = re.compile(r"(?<![\w.;-])(?:\d[\d.]*e?|[A-Za-z])(?:-(?:\d+|[A-Za-z]{1,5}))+(?![\w-])")


def _set_minus(app: Sphinx, doctree: nodes.document) -> None:
    """A glued number is text that Python wrote, with a hyphen."""
    for node in doctree.findall(nodes.inline):
        if "pasted-text" in node["classes"] and NEGATIVE.match(node.astext()):
            node[:] = [nodes.Text(NEGATIVE.sub("\N{MINUS SIGN}", node.astext()))]


def _visit(self: Any, node: nodes.Text) -> None:
    type(self).visit_Text(self, node)
    if "-" in node and not self.protect_literal_text and not isinstance(node.parent, nodes.title):
        self.body[-1] = WHOLE.sub(r'<span class="whole">\g<0></span>', self.body[-1])


def _depart(self: Any, node: nodes.Text) -> None:
    """Nothing is open."""


def setup(app: Sphinx) -> dict[str, Any]:
    app.connect("doctree-read", _set_minus)
    app.add_node(nodes.Text, override=True, html=(_visit, _depart))
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
