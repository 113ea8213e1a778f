"""A table of class `stacks`: on a phone a row is a list whose cells say their column's heads."""

from __future__ import annotations

from docutils import nodes
from sphinx.application import Sphinx


def stack(app: Sphinx, doctree: nodes.document, page: str) -> None:
    """Put its column's head before each cell but the first; a wide page hides it."""
    if app.builder.format != "html":
        return
    for table in doctree.findall(nodes.table):
        if "stacks" not in table["classes"]:
            continue
        thead = next(table.findall(nodes.thead), nodes.thead())
        heads = [entry.astext() for entry in thead.findall(nodes.entry)]
        rows = (row for body in table.findall(nodes.tbody) for row in body.findall(nodes.row))
        for row in rows:
            for head, entry in list(zip(heads, row.children, strict=True))[1:]:
                assert isinstance(entry, nodes.entry)
                entry.insert(0, nodes.inline("", f"{head}: ", classes=["cell-head"]))
