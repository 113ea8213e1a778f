"""The search: a box on every page that finds sections while one types.

`/`, Ctrl-K and the button of the bar open it (static/search.js). Then it loads the library, the
records of all pages and static/engine.js, which ranks them. Without scripts the button leads to the
page `search`, which says in words where the index and the contents are.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sphinx.application import Sphinx
from sphinx.config import Config

from _ext.search import index, library
from _ext.shared import assets, files

STATIC = Path(__file__).with_name("static")
PAGE = "search"


def _configure(app: Sphinx, config: Config) -> None:
    config.html_additional_pages.setdefault(PAGE, f"{PAGE}.html")


def _write(app: Sphinx) -> None:
    if app.builder.format != "html":
        return
    folder = Path(app.outdir, "_static", "search")
    for file in sorted(STATIC.iterdir()):
        files.put(folder / file.name, file.read_bytes())
    files.write(folder / "library.js", library.script())
    files.write(folder / "LICENSE", library.licence())
    assets.load(app, "search/search.css", priority=805)  # after the theme's
    assets.load(app, "search/search.js", priority=160)


def _offer(
    app: Sphinx, pagename: str, template: str, context: dict[str, Any], doctree: object
) -> None:
    """Tell the templates that there is a search to lead to."""
    context["has_search"] = True


def setup(app: Sphinx) -> dict[str, Any]:
    app.connect("config-inited", _configure, priority=100)
    app.connect("builder-inited", index.prepare)
    app.connect("builder-inited", _write)
    app.connect("html-page-context", _offer)
    app.connect("build-finished", index.write, priority=900)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
