"""A figure's picture on paper: vector, with its alternative text."""

from __future__ import annotations

import base64
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx

from _ext.figures import svg
from _ext.figures.picture import Picture

SCALE = 0.85  # the web's ten points become eight and a half beside the book's ten


def visit(self: Any, node: Picture) -> None:
    """The drawing's own PDF, or the figure of that name drawn by PGFPlots from its table.

    The PDF of the latter is made by `tools.pdf` from what is written here.
    """
    name, out = node["name"], Path(self.builder.outdir)
    facts = node.get("facts") or {}
    own = Path(self.builder.srcdir, self.builder.config.ebm_print, f"{name}.tex")
    if facts.get("table"):
        _write(out / "data" / f"{name}.txt", facts["table"].encode())
    if node.get("tex"):
        _write(out / "drawn" / f"{name}.tex", str(node["tex"]).encode())
        size = ""
    elif own.is_file():
        _write(out / "drawn" / f"{name}.tex", own.read_bytes())
        size = ""
    else:
        _write(out / f"figure-{name}.pdf", base64.b64decode(node["pdf"]))
        size = f"{svg.width(node['svg']) / 72 * SCALE:.3f}in"
    alt = self.encode(" ".join(str(facts.get("alt") or node.get("alt", "")).split()))
    self.body.append(f"\n\\ebmpicture{{{name}}}{{{size}}}{{{alt}}}\n")


def nothing(self: Any, node: nodes.Element) -> None:
    """The end of an element."""


def _write(file: Path, content: bytes) -> None:
    if not file.is_file() or file.read_bytes() != content:  # an old date spares a new drawing
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)


def setup(app: Sphinx) -> None:
    app.add_node(Picture, override=True, latex=(visit, nothing))
