"""Figures that follow the theme, carry their data and show their source.

A cell shows a figure with `ebmlib.plot.show.show`; its one output carries drawing, words, numbers
and the names of the functions that drew it. This extension takes that output out of the cell, and
the directive ``computed`` puts the figure where the page wants it, under a caption. All comes
from the output, so that a page that ran yesterday brings all of it back from the cache.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sphinx.application import Sphinx

from _ext.figures import collect, computed, picture, resolve, row
from _ext.shared import assets

STATIC = Path(__file__).with_name("static")


def setup(app: Sphinx) -> dict[str, Any]:
    app.setup_extension("_ext.shared.settings")
    app.setup_extension("_ext.live")
    assets.serve(app, STATIC)
    assets.load(app, "figures.css")
    collect.setup()
    picture.setup(app)
    row.setup(app)
    app.add_directive("computed", computed.Computed)
    app.connect("doctree-read", resolve.resolve)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
