"""What Jupyter Book always loads and our pages do without: it is there, and does nothing."""

from __future__ import annotations

from sphinx.application import Sphinx
from sphinx.config import Config

# Themes that dress pages for Bootstrap, a kernel in the page, and scripts for what HTML can by now:
# each would write scripts into the pages, and files beside them.
SILENT = {
    "sphinx_book_theme",
    "pydata_sphinx_theme",
    "sphinx_thebe",
    "sphinx_togglebutton",
    "sphinx_copybutton",
    "sphinx_comments",
}


def silence(app: Sphinx, config: Config) -> None:
    """Let these listen to nothing; their directives, as `margin`, stay."""
    for name, listeners in app.events.listeners.items():
        if name != "config-inited":  # which is under way
            for listener in list(listeners):
                if listener.handler.__module__.partition(".")[0] in SILENT:
                    app.disconnect(listener.id)
