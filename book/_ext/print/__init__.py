"""The print edition: the same pages as a book, through LaTeX.

`python -m tools.print` builds it. This extension turns Sphinx's LaTeX builder into one that makes a
book of the pages: parts, the numbers of the web edition, cells set for paper, solutions gathered
at the end, codes that lead back to the runnable page. What it looks like is in `book/print/style`.

The codes and the colophon lead to `ebm_site` of `_config.yml`.
"""

from __future__ import annotations

from typing import Any

from sphinx.application import Sphinx

from _ext.print import builder, exercises, maths, pictures, questions, settings, tables
from _ext.print.translator import PrintTranslator


def setup(app: Sphinx) -> dict[str, Any]:
    for extension in ("sphinx_exercise", "_ext.shared.settings", "_ext.figures", "_ext.questions"):
        app.setup_extension(extension)
    app.connect("config-inited", settings.configure, priority=950)  # after the stylesheet's own
    app.add_builder(builder.PrintBuilder, override=True)
    app.set_translator("latex", PrintTranslator)
    builder.setup(app)
    exercises.setup(app)
    questions.setup(app)
    pictures.setup(app)
    app.add_post_transform(maths.BraceSymbols)
    app.add_post_transform(tables.NumberedPages)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
