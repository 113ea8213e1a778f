"""A page's buttons: run it elsewhere, take it along, mend it.

The theme's own code would point Colab at the Markdown; here every link leads to a file that
`tools/publish.py` writes. Settings, in `_config.yml`: `ebm_repository`, `ebm_branch` (the
sources) and `ebm_notebooks` (the branch or tag that holds the notebooks of this edition).
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx

from _ext.launch.links import Addresses, links


def _buttons(
    app: Sphinx, pagename: str, template: str, context: dict[str, Any], doctree: nodes.document
) -> None:
    if doctree is None or app.builder.format != "html":
        return
    config = app.config
    source = Path(app.env.doc2path(pagename))
    addresses = Addresses(config.ebm_repository, config.ebm_branch, config.ebm_notebooks)
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


def setup(app: Sphinx) -> dict[str, Any]:
    if "ebm_repository" not in app.config:
        app.add_config_value("ebm_repository", "", "html")
    app.add_config_value("ebm_branch", "main", "html")
    app.add_config_value("ebm_notebooks", "notebooks", "html")
    # after the theme's own (501), before what shows them
    app.connect("html-page-context", _buttons, priority=700)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
