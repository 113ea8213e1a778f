"""The search's words without TeX: nobody looks for `qquad`, and a page is not about `mathbf`."""

from __future__ import annotations

from collections.abc import Callable

from docutils import nodes
from sphinx.application import Sphinx

IndexPage = Callable[[str, nodes.document, str], None]


def leave_out_maths(app: Sphinx) -> None:
    """Have the builder gather a page's words while its formulas are empty."""
    if app.builder.format == "html" and hasattr(app.builder, "index_page"):
        gather: IndexPage = app.builder.index_page

        def index_page(name: str, doctree: nodes.document, title: str) -> None:
            found = [n for n in doctree.findall() if isinstance(n, (nodes.math, nodes.math_block))]
            inside = [list(node.children) for node in found]
            for node in found:
                node.children = []
            try:
                gather(name, doctree, title)
            finally:
                for node, children in zip(found, inside, strict=True):
                    node.children = children

        app.builder.index_page = index_page
