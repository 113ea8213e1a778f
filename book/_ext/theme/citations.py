"""Citations: the list of references as a plain list, and none in what a title becomes.

The role that docutils gives an entry of the list is deprecated. A page's title and the contents are
gathered before citations have their words: they would show the key.
"""

from __future__ import annotations

from typing import Any

from docutils import nodes
from sphinx.application import Sphinx

CITED = {"xref", "cite"}  # of a citation that is still to find its words


def _visit(self: Any, node: nodes.citation) -> None:
    if not isinstance(node.previous_sibling(), nodes.citation):
        self.body.append('<div role="list" class="citation-list">\n')
    self.body.append(self.starttag(node, "div", classes=["citation"], role="listitem"))


def _depart(self: Any, node: nodes.citation) -> None:
    type(self).depart_citation(self, node)


def _leave_out(app: Sphinx, doctree: nodes.document) -> None:
    """Take citations, and the blank before each, out of the page's title and contents."""
    env, name = app.env, app.env.docname
    for titles in (env.titles, env.longtitles, env.tocs):
        for node in [
            one for one in titles[name].findall(nodes.inline) if {*one["classes"]} >= CITED
        ]:
            before = node.previous_sibling()
            if isinstance(before, nodes.Text):
                before.parent.replace(before, nodes.Text(before.rstrip()))
            node.parent.remove(node)


def setup(app: Sphinx) -> None:
    app.add_node(nodes.citation, override=True, html=(_visit, _depart))
    app.connect("doctree-read", _leave_out, priority=900)  # when Sphinx has gathered them
