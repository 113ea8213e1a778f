"""A page's buttons: run it elsewhere, take it along, mend it.

Every link leads to a file that `tools/publish/lay_out.py` writes, at the addresses that
`_config.yml` gives.

`_static/editions.js` tells of the other editions; publishing writes it anew. It is a script since
file:// forbids to fetch, and without it the page is whole.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx

from _ext.launch.links import Addresses, links
from _ext.shared import assets, files
from _ext.shared.pages import has_cells
from _ext.shared.repository import repository

STATIC = Path(__file__).with_name("static")


def _menu(
    app: Sphinx, pagename: str, template: str, context: dict[str, Any], doctree: nodes.document
) -> None:
    if doctree is None or app.builder.format != "html":
        return
    config = app.config
    source = Path(app.env.doc2path(pagename))
    addresses = Addresses(
        repository(config), config.ebm_branch, config.ebm_notebooks, config.ebm_edition
    )
    page = source.relative_to(app.srcdir).as_posix()
    runs = has_cells(app.env, pagename)
    title = app.env.titles[pagename].astext() if pagename in app.env.titles else pagename
    local = {
        "notebook": Path(pagename).name + ".ipynb",
        "source": context["pathto"](f"_sources/{context['sourcename']}", 1),
    }
    context["book_menu"] = links(addresses, page, title, local, runs=runs)


def _tell(app: Sphinx) -> None:
    """What a site knows before it is published: which edition it is, and where the others are."""
    if app.builder.format != "html":
        return
    here, site = app.config.ebm_edition, app.config.ebm_site.rstrip("/")
    root = f"{site.removesuffix(f'/{here}')}/" if here else ""
    facts = {"here": here, "root": root, "newest": here, "all": []}
    content = json.dumps(facts, separators=(",", ":"))
    path = Path(app.outdir, "_static", "editions.js")
    files.write(path, f"window.bookEditions={content};\n")


def setup(app: Sphinx) -> dict[str, Any]:
    app.setup_extension("_ext.shared.settings")
    assets.serve(app, STATIC)
    app.connect("builder-inited", _tell)
    assets.load(app, "editions.js", priority=700)
    assets.load(app, "editions-menu.js", priority=701)
    assets.load(app, "editions.css", priority=810)  # after the theme's
    app.connect("html-page-context", _menu)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
