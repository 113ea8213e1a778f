"""Prose as it should be set: numbers as in print, and no line that ends within '2-100-2'."""

from __future__ import annotations

import re
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx

from _ext.prose.tables import stack
from _ext.shared.power import parts

NEGATIVE = re.compile(r"^-(?=\d)")
# Sizes of a net, 'L-BFGS', '3-d', '1e-5': after such a hyphen no line should end.
WHOLE = re.compile(r"(?<![\w.;-])(?:\d[\d.]*e?|[A-Za-z])(?:-(?:\d+|[A-Za-z]{1,5}))+(?![\w-])")


def _set_numbers(app: Sphinx, doctree: nodes.document) -> None:
    """A glued number is text that Python wrote: with a hyphen, and '2.8e-06' for a small one."""
    for node in list(doctree.findall(nodes.inline)):
        text = node.astext()
        if "pasted-text" not in node["classes"]:
            continue
        if power := parts(text):
            tex = rf"{power[0]} \cdot 10^{{{power[1]}}}"
            formula = nodes.math(tex, tex)
            formula.source, formula.line = node.source, node.line
            node.replace_self(formula)
        elif NEGATIVE.match(text):
            node[:] = [nodes.Text(NEGATIVE.sub("\N{MINUS SIGN}", text))]


def _visit(self: Any, node: nodes.Text) -> None:
    type(self).visit_Text(self, node)
    if "-" in node and not self.protect_literal_text and not isinstance(node.parent, nodes.title):
        self.body[-1] = WHOLE.sub(r'<span class="whole">\g<0></span>', self.body[-1])


def _depart(self: Any, node: nodes.Text) -> None:
    """Nothing is open."""


def setup(app: Sphinx) -> dict[str, Any]:
    app.connect("doctree-read", _set_numbers, priority=100)  # before formulas are looked for
    app.connect("doctree-resolved", stack)
    # Sphinx asks for elements and takes any node.
    app.add_node(nodes.Text, override=True, html=(_visit, _depart))  # type: ignore[arg-type]
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
