"""Pictures lead: small copies of figures, by which a reader finds the way.

`promise` shows a page's one picture before its first code, `strip` says under each title where one
is, `cards` opens a chapter and draws what depends on what, `cover` is the home page's. `bookmap`
and `paths` lead through the whole book, `wall` shows all figures, `share` is what a link shows
elsewhere, `citation` says how to cite. The pictures are drawn by `thumbnail` and kept by
`pictures`; what pages tell of themselves is noted by `told`.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sphinx.application import Sphinx

from _ext.lead import (
    bookmap,
    cards,
    citation,
    cover,
    needs,
    paths,
    pictures,
    promise,
    share,
    strip,
    told,
    wall,
)
from _ext.shared import assets

STATIC = Path(__file__).with_name("static")


def setup(app: Sphinx) -> dict[str, Any]:
    app.setup_extension("_ext.shared.settings")
    app.setup_extension("_ext.figures")
    assets.serve(app, STATIC)
    assets.load(app, "lead.css")
    for one in (pictures.FIGURES, pictures.LEADS, told.TOLD):
        one.setup(app)
    # Before `_ext.incremental` drops what nobody brought.
    app.connect("build-finished", pictures.write, priority=400)
    app.connect("doctree-read", told.note, priority=650)
    app.connect("env-check-consistency", needs.check)
    for part in (promise, strip, cards, cover, bookmap, paths, wall, citation, share):
        part.setup(app)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
