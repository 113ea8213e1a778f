"""All maths of the web pages, rendered at build: no script in the page typesets anything.

Settings (`_config.yml`, under `sphinx: config:`):
    html_math_renderer: katex   switches MathJax off
    maths_stylesheet            another stylesheet than book/maths-preamble.tex
"""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.errors import ExtensionError

from _ext.katex import build, html, references, state, titles
from _ext.stylesheet.model import Stylesheet, StylesheetError
from _ext.stylesheet.parser import load
from _ext.stylesheet.writers import katex_preamble


def _configure(app: Sphinx, config: Config) -> None:
    """Read the stylesheet; a page is built again if what it takes from it has changed."""
    given = config.maths_stylesheet
    try:
        sheet = load(Path(app.confdir, given) if given else None)
    except StylesheetError as error:
        raise ExtensionError(str(error)) from error
    state.remember(app, sheet)
    names = [katex_preamble(sheet), *sheet.colours, *map(repr, sheet.symbols.values())]
    config.maths_macros = hashlib.sha256("\n".join(names).encode()).hexdigest()
    config.maths_colours = repr(list(sheet.colours.values()))
    _configure_latex(config, sheet)


def _configure_latex(config: Config, sheet: Stylesheet) -> None:
    """The print edition reads the stylesheet itself, after what it has loaded."""
    config.latex_additional_files = [*config.latex_additional_files, str(sheet.path)]
    preamble = config.latex_elements.get("preamble", "")
    inputs = f"{preamble}\n\\input{{{sheet.path.name}}}\n"
    config.latex_elements = {**config.latex_elements, "preamble": inputs}


def setup(app: Sphinx) -> dict[str, Any]:
    app.add_config_value("maths_stylesheet", None, "env", (str, type(None)))
    app.add_config_value("maths_macros", "", "env")
    app.add_config_value("maths_colours", "", "html")
    app.add_html_math_renderer("katex", (html.visit_inline, None), (html.visit_display, None))
    app.connect("config-inited", _configure, priority=900)
    app.connect("builder-inited", build.prepare)
    app.connect("env-get-outdated", build.failed_before)
    app.connect("env-get-updated", build.not_remembered)
    app.connect("doctree-read", titles.plain_titles, priority=900)
    app.connect("doctree-resolved", build.render_page, priority=900)
    app.connect("html-page-context", build.fetch_fonts)
    app.connect("html-page-context", html.keep_stops)
    app.connect("build-finished", build.finish)
    app.add_transform(titles.PlainTitles)
    references.setup(app)
    app.add_node(titles.math, override=True, latex=(titles.visit_latex, None))
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
