"""Put a cell behind its sentence, while MyST-NB renders the page.

Only then are the page's glued numbers at hand, so that the sentence may show them as the text does.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import wraps
from typing import Any

from docutils import nodes
from myst_nb.sphinx_ import SphinxNbRenderer

from _ext.checks.nodes import Folded, Sentence

Render = Callable[[Any, Any], None]
IMPORTS = "imports"  # the tag of the cell that a page's imports stand in
BELOW = 2  # lines: MyST-NB counts a cell from its code on
NAMED = re.compile(r"\b(Run|Checked):")


def marked(sentence: str) -> str:
    """The sentence, ended, with 'Checked:' in bold; it may say 'Run: ... Checked: ...' itself."""
    sentence = sentence if sentence.endswith((".", "?", "!")) else f"{sentence}."
    if re.search(r"\bChecked:", sentence):
        return NAMED.sub(r"**\1:**", sentence)
    return f"**Checked:** {sentence}"


def words_of(metadata: dict[str, Any]) -> str:
    """What a cell folds behind, as Markdown; empty if it stands in view."""
    if metadata.get("check"):
        return marked(str(metadata["check"]))
    return "Imports" if IMPORTS in metadata.get("tags", ()) else ""


def folding(render: Render) -> Render:
    """MyST-NB's own way to render a cell, and around it what folds."""

    @wraps(render)
    def render_nb_cell_code(self: Any, token: Any) -> None:
        words = words_of(token.meta["metadata"])
        if not words:
            render(self, token)
            return
        box = Folded(kind="check" if token.meta["metadata"].get("check") else IMPORTS)
        sentence = Sentence()
        for node in (box, sentence):
            self.add_line_and_source_path(node, token)
        with self.current_node_context(box, append=True):
            with self.current_node_context(sentence, append=True):
                # What is wrong in it is told below the fence, where the sentence is.
                self.nested_render_text(words, max((box.line or 0) - BELOW, 0), inline=True)
            render(self, token)

    render_nb_cell_code.folds = True  # type: ignore[attr-defined]
    return render_nb_cell_code


def cells(document: nodes.document) -> list[Folded]:
    """The check cells of a page."""
    return [one for one in document.findall(Folded) if one["kind"] == "check"]


def setup() -> None:
    """MyST-NB names its renderer itself, so that ours is a method of it, put there once."""
    if not hasattr(SphinxNbRenderer.render_nb_cell_code, "folds"):
        ours = folding(SphinxNbRenderer.render_nb_cell_code)
        SphinxNbRenderer.render_nb_cell_code = ours
