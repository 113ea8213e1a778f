"""Questions that check themselves: which choice is right is what a cell of the page computed.

A cell says `answer(NAME, ...)` (`ebmlib.glue`), and the directive ``question`` asks. The verdict is
shown by the page's style alone; the script speaks it, reads typed numbers, and remembers in the
reader's browser what was answered.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sphinx.application import Sphinx

from _ext.questions import collect, directive, html, resolve
from _ext.shared import assets

STATIC = Path(__file__).with_name("static")


def setup(app: Sphinx) -> dict[str, Any]:
    assets.serve(app, STATIC)
    collect.setup()
    html.setup(app)
    app.add_directive("question", directive.AskedHere)
    app.connect("doctree-read", resolve.resolve)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
