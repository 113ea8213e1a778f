"""sphinx-exercise keeps nodes that hold on to their whole pages: 48 MB that every build read."""

from __future__ import annotations

from docutils import nodes
from sphinx.application import Sphinx


def _detach(app: Sphinx, doctree: nodes.document) -> None:
    """Keep copies that know of no page; what is asked of them is their title and attributes."""
    for entry in getattr(app.env, "sphinx_exercise_registry", {}).values():
        if entry.get("bare"):
            continue
        entry["node"], entry["bare"] = entry["node"].deepcopy(), True
        for part in entry["node"].findall():
            part.document = None


def setup(app: Sphinx) -> None:
    # When the page is read, so that no process sends pages home with what it has read.
    app.connect("doctree-read", _detach, priority=10_000)
