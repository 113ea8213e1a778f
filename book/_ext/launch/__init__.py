"""A page's buttons: run it elsewhere, take it along, mend it.

The theme's own code would point Colab at the Markdown; here every link leads to a file that
`tools/publish/lay_out.py` writes. Settings, in `_config.yml`: `ebm_repository`, `ebm_branch` (the
sources), `ebm_notebooks` (the branch or tag that holds the notebooks of this edition) and
`ebm_edition` (its tag, set by `tools/editions.py`; empty for the sources as they stand).

`_static/editions.js` tells of the other editions; publishing writes it anew. It is a script since
file:// forbids to fetch, and without it the page is whole.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.config import Config

from _ext.launch.links import Addresses, links

STATIC = Path(__file__).with_name("static")


def _buttons(
    app: Sphinx, pagename: str, template: str, context: dict[str, Any], doctree: nodes.document
) -> None:
    if doctree is None or app.builder.format != "html":
        return
    config = app.config
    source = Path(app.env.doc2path(pagename))
    addresses = Addresses(
        config.ebm_repository, config.ebm_branch, config.ebm_notebooks, config.ebm_edition
    )
    page = source.relative_to(app.srcdir).as_posix()
    runs = "\n```{code-cell}" in source.read_text(encoding="utf8")
    title = app.env.titles[pagename].astext() if pagename in app.env.titles else pagename
    local = {
        "notebook": Path(pagename).name + ".ipynb",
        "source": context["pathto"](f"_sources/{context['sourcename']}", 1),
    }
    context["header_buttons"] = [
        {"type": "group", "tooltip": words, "icon": "", "label": "", "buttons": group}
        for words, group in links(addresses, page, title, local, runs=runs)
    ]


def _assets(app: Sphinx, config: Config) -> None:
    config.html_static_path.append(str(STATIC))


def _tell(app: Sphinx) -> None:
    """What a site knows before it is published: which edition it is, and where the others are."""
    if app.builder.format != "html":
        return
    here, site = app.config.ebm_edition, app.config.ebm_site.rstrip("/")
    root = f"{site.removesuffix(f'/{here}')}/" if here else ""
    facts = {"here": here, "root": root, "newest": here, "all": []}
    path = Path(app.outdir, "_static", "editions.js")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.unlink(missing_ok=True)  # a published copy may share it
    content = json.dumps(facts, separators=(",", ":"))
    path.write_text(f"window.bookEditions={content};\n", encoding="utf8")


def setup(app: Sphinx) -> dict[str, Any]:
    if "ebm_repository" not in app.config:
        app.add_config_value("ebm_repository", "", "html")
    if "ebm_site" not in app.config:
        app.add_config_value("ebm_site", "", "html")
    app.add_config_value("ebm_edition", "", "html")
    app.add_config_value("ebm_branch", "main", "html")
    app.add_config_value("ebm_notebooks", "notebooks", "html")
    app.connect("config-inited", _assets)
    app.connect("builder-inited", _tell)
    app.add_js_file("editions.js", loading_method="defer", priority=700)
    app.add_js_file("editions-menu.js", loading_method="defer", priority=701)
    app.add_css_file("editions.css", priority=810)  # after the theme's
    # after the theme's own (501), before what shows them
    app.connect("html-page-context", _buttons, priority=700)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
