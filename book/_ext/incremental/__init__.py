"""What did not change is not worked out again; what did is, so that the site is a clean build's.

`bibliography`, `exercises`, `numbered`, `templates` and `written` save a build one kind of work
each and change no byte. The others see what Sphinx does not, so that the site is that of a build
from nothing: `sources` what a page is read from, `numbers` and `shown` what it shows of others,
`leftovers` what the last build left.
"""

from __future__ import annotations

from typing import Any

from sphinx.application import Sphinx

from _ext.incremental import (
    bibliography,
    exercises,
    leftovers,
    numbered,
    numbers,
    shown,
    sources,
    templates,
    written,
)

SAVING = (bibliography, exercises, numbered, templates, written)
SEEING = (sources, numbers, shown, leftovers)


def setup(app: Sphinx) -> dict[str, Any]:
    for part in (*SAVING, *SEEING):
        part.setup(app)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
