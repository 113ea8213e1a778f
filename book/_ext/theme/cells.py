"""The line that folds a cell: its words are its name, and nothing in it is a paragraph."""

from __future__ import annotations

from html import escape
from typing import Any

from docutils import nodes
from myst_nb.sphinx_ import HideCodeCellNode
from sphinx.application import Sphinx

PROMPTS = ("prompt_show", "prompt_hide")


def _visit(self: Any, node: nodes.Element) -> None:
    # "source" is what a figure's link calls its place in the repository.
    hidden, shown = (escape(node[key]).replace("source", "code") for key in PROMPTS)
    self.body.append(self.starttag(node, "details", CLASS="hide"))
    self.body.append(
        f'<summary><span class="collapsed">{hidden}</span>'
        f'<span class="expanded">{shown}</span></summary>\n'
    )


def _depart(self: Any, node: nodes.Element) -> None:
    self.body.append("</details>\n")


def setup(app: Sphinx) -> None:
    app.setup_extension("myst_nb")  # so that it does not register its own after us
    app.add_node(HideCodeCellNode, override=True, html=(_visit, _depart))
