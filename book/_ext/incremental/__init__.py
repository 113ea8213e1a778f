"""What did not change is not worked out again; what did is, so that the site is a clean build's.

`bibliography`, `exercises`, `numbered` and `templates` save a build one kind of work each and
change no byte. The others see what Sphinx does not, so that the site is that of a build from
nothing: `sources` what a page is read from, `numbers` and `shown` what it shows of others,
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
)

PARTS = (bibliography, exercises, numbered, templates, sources, numbers, shown, leftovers)


def setup(app: Sphinx) -> dict[str, Any]:
    for part in PARTS:
        part.setup(app)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
