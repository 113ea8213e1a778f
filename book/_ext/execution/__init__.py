"""What a page was run from: its record, its seeds, its seconds."""

from __future__ import annotations

from typing import Any

from sphinx.application import Sphinx

from _ext.execution import executed, runs


def setup(app: Sphinx) -> dict[str, Any]:
    app.setup_extension("_ext.shared.settings")
    executed.setup(app)
    return runs.setup(app)
