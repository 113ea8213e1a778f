"""What each page begins with, as a script: shown under search results, from file:// too."""

from __future__ import annotations

import json
from pathlib import Path

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from _ext.theme.page import lead

NAME = "summaries.js"


def note(app: Sphinx, doctree: nodes.document) -> None:
    """Keep a page's first words when it is read, so that no build loads every page for them."""
    leads(app.env)[app.env.docname] = lead(doctree)


def leads(env: BuildEnvironment) -> dict[str, str]:
    """Page -> its first words."""
    if not hasattr(env, "page_leads"):
        env.page_leads = {}  # type: ignore[attr-defined]
    found: dict[str, str] = env.page_leads  # type: ignore[attr-defined]
    return found


def purge(app: Sphinx, env: BuildEnvironment, docname: str) -> None:
    leads(env).pop(docname, None)


def merge(app: Sphinx, env: BuildEnvironment, names: set[str], other: BuildEnvironment) -> None:
    leads(env).update({name: leads(other)[name] for name in names if name in leads(other)})


def write_summaries(app: Sphinx, exception: Exception | None) -> None:
    """Write `_static/theme/summaries.js`, which only the search page loads."""
    if exception or app.builder.name != "html":
        return
    known = leads(app.env)
    for name in app.env.found_docs - set(known):  # read by an edition that kept none
        known[name] = lead(app.env.get_doctree(name))
    known = {name: words for name, words in sorted(known.items()) if words}
    content = json.dumps(known, indent=0)
    path = Path(app.outdir, "_static", "theme", NAME)
    path.unlink(missing_ok=True)  # a published copy may share it
    path.write_text(f"window.bookSummaries = {content};\n", encoding="utf8")
