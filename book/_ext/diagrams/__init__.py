"""Diagrams drawn by hand: the committed SVG on the site, the TikZ itself in print.

``tools/diagrams.py`` makes CHAPTER/NAME.svg from CHAPTER/NAME.tex; the directive ``diagram``
shows it by the name CHAPTER-NAME.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any, ClassVar

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.util import logging

from _ext.diagrams import chain
from _ext.figures.computed import CaptionedFigure
from _ext.figures.picture import Picture

LIBRARY = "ebm.tikz.tex"
LOG = logging.getLogger(__name__)
_FACTS = re.compile(r"<!-- ebm (\{.*?\}) -->")


class Diagram(CaptionedFigure):
    """``{diagram} NAME`` with ``:alt:`` and a caption."""

    option_spec: ClassVar[dict[str, Any]] = {"alt": directives.unchanged}

    def run(self) -> list[nodes.Node]:
        name = self.arguments[0].strip()
        folder = Path(self.env.srcdir, self.config.ebm_diagrams)
        source = folder / f"{name.replace('-', '/', 1)}.tex"
        drawing = source.with_suffix(".svg")
        for file in (drawing, source, folder / LIBRARY):
            self.env.note_dependency(str(file))
        alt = " ".join(self.options.get("alt", "").split())
        trouble = _trouble(name, alt, drawing)
        if trouble:
            LOG.warning(trouble, location=self.get_location(), type="figures")
            return []
        svg = drawing.read_text(encoding="utf-8")
        found = _FACTS.search(svg)
        facts = (json.loads(found[1]) if found else {}) | {"alt": alt}
        relative = source.relative_to(self.env.srcdir).as_posix()
        return self.figure(Picture(name=name, svg=svg, facts=facts, tex=relative))


def _trouble(name: str, alt: str, drawing: Path) -> str:
    if not alt:
        return f"the diagram {name!r} has no :alt:, a text that says what is to be seen"
    if not drawing.is_file():
        return f"there is no {drawing.name} beside its .tex: run nox -s diagrams"
    return ""


def _for_print(app: Sphinx, config: Config) -> None:
    """Print draws with the same library."""
    library = Path(app.srcdir, config.ebm_diagrams, LIBRARY)
    if library.is_file():
        config.latex_additional_files = [*config.latex_additional_files, str(library)]
        before = config.latex_elements.get("preamble", "")
        config.latex_elements["preamble"] = (
            f"{before}\n\\usepackage{{tikz}}\n\\input{{{LIBRARY}}}\n"
        )


def setup(app: Sphinx) -> dict[str, Any]:
    app.setup_extension("_ext.figures")
    app.connect("config-inited", _for_print)
    app.add_directive("diagram", Diagram)
    chain.setup(app)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
