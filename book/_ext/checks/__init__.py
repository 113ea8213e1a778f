"""Cells that fold behind a sentence: what a page checks, and what it imports.

A cell with the option `check` is shown as its sentence, which opens; one with the tag `imports` as
that word. Print keeps the sentence alone, a notebook both.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sphinx.application import Sphinx

from _ext.checks import fold, head, nodes
from _ext.shared import assets

STATIC = Path(__file__).with_name("static")


def setup(app: Sphinx) -> dict[str, Any]:
    app.setup_extension("myst_nb")
    assets.serve(app, STATIC)
    assets.load(app, "checks.css")
    fold.setup()
    nodes.setup(app)
    head.setup(app)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
