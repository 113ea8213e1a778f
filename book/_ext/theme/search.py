"""What each page begins with, as a script: shown under search results, from file:// too."""

from __future__ import annotations

import json
from pathlib import Path

from sphinx.application import Sphinx

from _ext.theme.page import lead

NAME = "summaries.js"


def write_summaries(app: Sphinx, exception: Exception | None) -> None:
    """Write `_static/theme/summaries.js`, which only the search page loads."""
    if exception or app.builder.name != "html":
        return
    known = {name: lead(app.env.get_doctree(name)) for name in sorted(app.env.found_docs)}
    content = json.dumps({name: words for name, words in known.items() if words}, indent=0)
    path = Path(app.outdir, "_static", "theme", NAME)
    path.unlink(missing_ok=True)  # a published copy may share it
    path.write_text(f"window.bookSummaries = {content};\n", encoding="utf8")
