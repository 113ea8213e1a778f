"""What each page begins with, as a script: shown under search results, from file:// too."""

from __future__ import annotations

import json
from pathlib import Path

from docutils import nodes
from sphinx.application import Sphinx

from _ext.shared import files
from _ext.shared.kept import ByPage
from _ext.theme.page import lead

NAME = "summaries.js"
LEADS = ByPage[str]("page_leads")  # first words


def note(app: Sphinx, doctree: nodes.document) -> None:
    """Keep a page's first words when it is read, so that no build loads every page for them."""
    LEADS(app.env)[app.env.docname] = lead(doctree)


def write_summaries(app: Sphinx, exception: Exception | None) -> None:
    """Write `_static/theme/summaries.js`, which only the search page loads."""
    if exception or app.builder.name != "html":
        return
    known = LEADS(app.env)
    for name in app.env.found_docs - set(known):  # read by an edition that kept none
        known[name] = lead(app.env.get_doctree(name))
    known = {name: words for name, words in sorted(known.items()) if words}
    content = json.dumps(known, indent=0)
    path = Path(app.outdir, "_static", "theme", NAME)
    files.write(path, f"window.bookSummaries = {content};\n")
