"""Each page as a notebook that stands alone, written beside its HTML.

A second one, with the figures' numbers that no reader opens, is written outside of the site.
The page's resolved document gives the words: references, numbers, citations and glued values are
in it as the site shows them. The cache gives the cells with their outputs. In between, whatever
only this book understands (roles, directives, macros) becomes plain Markdown.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any
from weakref import WeakKeyDictionary

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util import logging

from _ext.notebooks import png
from _ext.notebooks.markdown import SITE_ONLY, PageTranslator
from _ext.notebooks.notebook import assemble, executed, exported, write
from _ext.shared.pages import has_cells

logger = logging.getLogger(__name__)
MANY = 4  # pages to read, beyond which the drawings are worth a process
_drawing: WeakKeyDictionary[Sphinx, subprocess.Popen[bytes]] = WeakKeyDictionary()


def _draw_ahead(app: Sphinx, env: BuildEnvironment, docnames: list[str]) -> None:
    """Sphinx uses one core: let another draw what the notebooks will want."""
    if app.builder.name == "html" and len(docnames) > MANY:
        cache = Path(env.mystnb_config.execution_cache_path)  # type: ignore[attr-defined]
        executed = sorted(map(str, cache.glob("executed/*/base.ipynb")))
        command = [sys.executable, png.__file__, str(Path(app.srcdir, png.FOLDER)), *executed]
        # What it cannot draw, `_export` tries again and tells.
        _drawing[app] = subprocess.Popen(command, stderr=subprocess.DEVNULL)


def _stop_drawing(app: Sphinx, exception: Exception | None) -> None:
    if app in _drawing:
        _drawing[app].terminate()
        _drawing.pop(app).wait()


def _mark(app: Sphinx, document: nodes.document) -> None:
    """What stands in {only} html speaks of the site, which a notebook has left."""
    for only in document.findall(addnodes.only):
        for child in only.children if only["expr"] == "html" else ():
            if isinstance(child, nodes.Element):
                child[SITE_ONLY] = True


def _export(
    app: Sphinx, pagename: str, template: str, context: dict[str, Any], doctree: nodes.document
) -> None:
    if doctree is None or app.builder.name != "html" or not has_cells(app.env, pagename):
        return
    cells = executed(app, pagename)
    if cells is None:
        location = (pagename, 1)
        logger.warning("no outputs are cached for its notebook", location=location)
        return
    # A copy: other handlers of this event are to see the page as it was.
    translator = PageTranslator(doctree.deepcopy(), app.builder)
    try:
        translator.document.walkabout(translator)
        notebook = assemble(app, pagename, translator.parts(), cells)
    except Exception as error:  # whatever it is, an author asks where
        words, location = f"its notebook cannot be made: {error}", (pagename, translator.at)
        logger.warning("%s", words, location=location)
        return
    write(notebook, whole(app) / f"{pagename}.ipynb")
    write(exported(notebook), Path(app.outdir, f"{pagename}.ipynb"))


def whole(app: Sphinx) -> Path:
    """Where the notebooks with all that their cells showed lie: nbval compares these."""
    out = Path(app.outdir)
    return out.with_name(f"{out.name}-notebooks")


def _forget(app: Sphinx, exception: Exception | None) -> None:
    """Drop the whole notebooks of pages that are no more, or nbval would run them."""
    for path in whole(app).rglob("*.ipynb") if app.builder.name == "html" else ():
        if path.relative_to(whole(app)).with_suffix("").as_posix() not in app.env.found_docs:
            path.unlink()


def setup(app: Sphinx) -> dict[str, Any]:
    app.setup_extension("sphinx_markdown_builder")
    app.setup_extension("_ext.shared.settings")
    app.connect("env-before-read-docs", _draw_ahead)
    app.connect("build-finished", _stop_drawing)
    app.connect("build-finished", _forget)
    app.connect("doctree-read", _mark)
    app.connect("html-page-context", _export, priority=600)
    safe = {"parallel_read_safe": True, "parallel_write_safe": True}
    return {"version": "1", "env_version": 1, **safe}
