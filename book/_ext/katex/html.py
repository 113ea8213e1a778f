"""How a formula stands in the HTML: inline in its sentence, displayed in a box with its number."""

from __future__ import annotations

from html import escape
from typing import Any

from docutils import nodes
from sphinx.locale import _
from sphinx.util.math import get_node_equation_number

from _ext.katex.state import render


def visit_inline(self: Any, node: nodes.math) -> None:
    self.body.append(self.starttag(node, "span", "", CLASS="math notranslate nohighlight"))
    self.body.append(f"{_rendered(self, node)}</span>")
    raise nodes.SkipNode


def visit_display(self: Any, node: nodes.math_block) -> None:
    self.body.append(self.starttag(node, "div", "", CLASS="math notranslate nohighlight"))
    self.body.append(f'<div class="maths-box">{_rendered(self, node)}</div>')
    if node["number"]:
        number = get_node_equation_number(self, node)
        self.body.append(f'<span class="eqno">({number})')
        self.add_permalink_ref(node, _("Link to this equation"))
        self.body.append("</span>")
    self.body.append("</div>\n")
    raise nodes.SkipNode


def _rendered(self: Any, node: nodes.Element) -> str:
    result = render(self.builder.app, node)
    # An error has been told with file and line; a build that goes on shows the source.
    return result.html or f"<code>{escape(node.astext())}</code>"
