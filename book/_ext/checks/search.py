"""The search's words of a check are those of its sentence: nobody looks for `assert_close`."""

from __future__ import annotations

from collections.abc import Callable

from docutils import nodes
from sphinx.application import Sphinx

from _ext.checks.nodes import Count, Folded

IndexPage = Callable[[str, nodes.document, str], None]


def _without_code(node: nodes.Element) -> list[nodes.Node]:
    return node.children[:1] if isinstance(node, Folded) and node["kind"] == "check" else []


def leave_out_code(app: Sphinx) -> None:
    """Have the builder gather a page's words while what is folded is empty but for its sentence."""
    if app.builder.format == "html" and hasattr(app.builder, "index_page"):
        gather: IndexPage = app.builder.index_page

        def index_page(name: str, doctree: nodes.document, title: str) -> None:
            found = [node for node in doctree.findall() if isinstance(node, Folded | Count)]
            inside = [list(node.children) for node in found]
            for node in found:
                node.children = _without_code(node)
            try:
                gather(name, doctree, title)
            finally:
                for node, children in zip(found, inside, strict=True):
                    node.children = children

        app.builder.index_page = index_page
