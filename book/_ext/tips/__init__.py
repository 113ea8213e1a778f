"""What the text tells when it is pointed at: of a number its cell, of a term what it means.

A number of the prose that a cell computed leads home: to its value, the tolerance kept for it and
the cell that made it. A list at the page's end leads there by keyboard, too.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx

from _ext.shared import assets, others, tip
from _ext.tips import made, numbers, terms

STATIC = Path(__file__).with_name("static")


def tell(
    app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    """At the page's end stands what its numbers and terms tell."""
    if doctree is None or app.builder.format != "html":
        return
    found = numbers.told(app, page, doctree) + terms.told(app, page, doctree)
    if found:
        context["body"] += found
        tip.load(app)
        assets.load(app, "tips.js")
    if found or page in terms.MEANINGS(app.env):
        assets.load(app, "tips.css")


def setup(app: Sphinx) -> dict[str, Any]:
    app.setup_extension("_ext.shared.settings")
    app.setup_extension("myst_nb")
    tip.serve(app)
    assets.serve(app, STATIC)
    made.setup(app)
    terms.setup(app)
    others.tell(app, numbers.shown)
    others.tell(app, terms.shown)
    app.connect("html-page-context", tell)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
