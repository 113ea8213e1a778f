"""Tables that scroll by themselves where a page is too narrow for them."""

from __future__ import annotations

from typing import Any

from docutils import nodes
from sphinx.application import Sphinx

BOX = '<div class="pst-scrollable-table-container">'


def _visit(self: Any, node: nodes.table) -> None:
    self.body.append(BOX)
    type(self).visit_table(self, node)
    self.body[-1] = self.body[-1].replace("docutils align-default", "table", 1)


def _depart(self: Any, node: nodes.table) -> None:
    type(self).depart_table(self, node)
    self.body.append("</div>\n")


def setup(app: Sphinx) -> None:
    app.add_node(nodes.table, override=True, html=(_visit, _depart))
