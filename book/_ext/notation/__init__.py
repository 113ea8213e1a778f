"""Symbols that explain themselves: what a page tells who points at one, and the notation appendix.

All come from the stylesheet's comments; `{notation}` puts the appendix's tables into a page, and a
page's own symbols stand in its margin.
"""

from __future__ import annotations

from typing import Any

from sphinx.application import Sphinx

from _ext.notation import margin, pages, tables, tips
from _ext.shared import tip


def setup(app: Sphinx) -> dict[str, Any]:
    app.setup_extension("_ext.katex")
    tip.serve(app)
    app.add_directive("notation", tables.Notation)
    app.add_node(tables.symbol_pages)
    app.add_node(
        tables.more,
        html=(tables.visit_more, tables.depart_more),
        latex=(tables.visit_nothing, tables.visit_nothing),
    )
    app.add_post_transform(tables.FillPages)
    app.connect("doctree-read", pages.collect)
    pages.USED.setup(app)
    pages.APPENDICES.setup(app)
    margin.setup(app)
    app.connect("env-updated", pages.outdated)
    app.connect("env-updated", tips.announce)
    app.connect("build-finished", tips.write)
    return {
        "version": "1",
        "env_version": 2,
        "parallel_read_safe": True,
        "parallel_write_safe": True,
    }
