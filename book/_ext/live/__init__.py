"""Live figures: a drawing with settings that the reader moves, recomputed in the page at once.

The numbers come from the page's own torch code, which the build recorded (`ebmlib.plot.live`) and
which stands beside the page as `_static/live/NAME.js`. Here are the HTML of such a figure, and the
scripts with its controls and pens; without scripts, and in print, the figure stands at its start.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sphinx.application import Sphinx

from _ext.live import tries
from _ext.shared import assets

STATIC = Path(__file__).with_name("static")


def setup(app: Sphinx) -> dict[str, Any]:
    assets.serve(app, STATIC)
    tries.setup(app)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
