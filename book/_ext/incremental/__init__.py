"""What did not change is not worked out again: each file here saves a build one kind of work.

None of it changes a byte of the site; without this extension the build only takes longer.
"""

from __future__ import annotations

from typing import Any

from sphinx.application import Sphinx

from _ext.incremental import bibliography, exercises, templates


def setup(app: Sphinx) -> dict[str, Any]:
    for part in (bibliography, exercises, templates):
        part.setup(app)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
