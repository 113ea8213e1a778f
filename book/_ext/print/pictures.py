"""A figure's picture on paper: vector, with its alternative text."""

from __future__ import annotations

import base64
import json
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx

from _ext.figures import data, svg
from _ext.figures.picture import Picture
from _ext.print.letters import readable
from _ext.print.maths import braced
from _ext.shared import files

SCALE = 0.85  # the web's ten points become eight and a half beside the book's ten


def visit(self: Any, node: Picture) -> None:
    """The drawing's own PDF, or the TeX that draws it: a diagram, or PGFPlots from its table.

    `tools.print.pdf` makes the PDF of the latter from what is written here; what is the same keeps
    its date, which spares a new drawing.
    """
    name, out, root = node["name"], Path(self.builder.outdir), Path(self.builder.srcdir)
    facts = node.get("facts") or {}
    own = root / (node.get("tex") or f"{self.builder.config.ebm_print}/{name}.tex")
    if facts.get("tables"):
        data.write(out / "data", facts)
        said = {key: facts.get(key) or {} for key in ("palette", "mixes", "rasters")}
        files.write(out / "data" / f"{name}.json", json.dumps(said, sort_keys=True))
    size = ""
    if own.is_file():
        drawn = braced(own.read_text(encoding="utf8"), root / "book" / "maths-preamble.tex")
        files.write(out / "drawn" / f"{name}.tex", drawn)  # a diagram lies in a folder
    else:
        files.put(out / f"figure-{name}.pdf", readable(base64.b64decode(node["pdf"])))
        size = f"{svg.size(node['svg'])[0] / 72 * SCALE:.3f}in"
    alt = " ".join(str(facts.get("alt") or node.get("alt", "")).split())
    self.body.append(f"\n\\ebmpicture{{{name}}}{{{size}}}{{{pdf_text(alt)}}}\n")
    raise nodes.SkipNode  # the labels of a live figure's controls are not printed


def pdf_text(words: str) -> str:
    """As PDF writes a text of any language within a page: UTF-16 in hexadecimal digits."""
    return f"FEFF{words.encode('utf-16-be').hex().upper()}"


def nothing(self: Any, node: nodes.Element) -> None:
    """The end of an element."""


def setup(app: Sphinx) -> None:
    app.add_node(Picture, override=True, latex=(visit, nothing))
