"""The course of a build: what is prepared, rendered and told in it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.builders.html import StandaloneHTMLBuilder
from sphinx.environment import BuildEnvironment
from sphinx.errors import ExtensionError
from sphinx.util import logging

from _ext.katex import files, fonts, html, state
from _ext.shared import assets
from _ext.stylesheet.model import StylesheetError

logger = logging.getLogger(__name__)
CSS = ("katex/katex.min.css", "maths/colours.css", "maths/maths.css")


def uses_katex(app: Sphinx) -> bool:
    """Whether this builder's maths is KaTeX's: not LaTeX's, and not where MathJax was asked for."""
    builder = app.builder
    return isinstance(builder, StandaloneHTMLBuilder) and builder.math_renderer_name == "katex"


def prepare(app: Sphinx) -> None:
    """Check every macro, and put the files in place before any page names them."""
    if not uses_katex(app):
        return
    try:
        state.renderer(app).check()
    except StylesheetError as error:
        raise ExtensionError(str(error)) from error
    static = Path(app.outdir, "_static")
    files.write_static(static, state.renderer(app).katex, state.stylesheet(app))
    for name in CSS:
        assets.load(app, name)
    assets.load(app, "maths/maths.js")


def render_page(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Render all formulas of a page at once; what fails is a warning with its file and line."""
    if not uses_katex(app):
        return
    found = [n for n in doctree.findall() if isinstance(n, (nodes.math, nodes.math_block))]
    formulas = [state.formula(node) for node in found]
    results = state.renderer(app).all(formulas)
    state.renderer(app).note(docname, formulas)
    for node, result in zip(found, results, strict=True):
        if result.error:
            tex = " ".join(state.source(node).split())
            message = "maths: %s in %s"
            logger.warning(message, result.error, tex, location=node, type="maths")
            state.failed(app).add(docname)
    for paragraph in doctree.findall(nodes.paragraph):
        html.mark_paragraph(paragraph)


def fetch_fonts(app: Sphinx, page: str, template: str, context: dict[str, Any], tree: Any) -> None:
    """Begin a page with the script that asks for fonts: before the CSS, which it must not await."""
    if uses_katex(app) and tree is not None:
        address = context["pathto"]("_static/maths/fonts.js", resource=True)
        script = f'<script src="{address}"></script>'
        context["metatags"] = f"{script}\n{context.get('metatags', '')}"


def failed_before(
    app: Sphinx, env: BuildEnvironment, added: set[str], changed: set[str], removed: set[str]
) -> list[str]:
    """A page whose maths failed is built again: the same fault is told at every build."""
    try:
        names = json.loads(_failures(app).read_text("utf8"))
    except (OSError, ValueError):
        return []
    return [name for name in names if name in env.found_docs]


def not_remembered(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """Pages whose formulas are not known, as when the memory is lost: fonts would lack them."""
    if not uses_katex(app):
        return []
    return sorted(env.found_docs - state.renderer(app).pages())


def finish(app: Sphinx, exception: Exception | None) -> None:
    """Keep what was rendered, and the names of the pages that failed."""
    known = state.forget(app)
    if known:
        if not exception:
            known.forget_others(app.env.found_docs)
        known.save()
        known.close()
        if not exception:
            fonts.write(Path(app.outdir, "_static"), known.katex, known.shown())
        _failures(app).write_text(json.dumps(sorted(state.failed(app))), encoding="utf-8")


def _failures(app: Sphinx) -> Path:
    return Path(app.doctreedir, "maths-failed.json")
