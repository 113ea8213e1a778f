"""Take the answers out of the cells' outputs, as MyST-NB renders them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any, ClassVar, NamedTuple

from docutils import nodes
from myst_nb.core.render import MimeData, NbElementRenderer, load_mime_renders

from _ext.shared.kept import kept

MIME = "application/vnd.ebmlib.answer+json"


class Computed(NamedTuple):
    """What a cell answered: its facts (name, key or value, within), and the line of the cell."""

    facts: dict[str, Any]
    line: int


def answers_in(document: nodes.document) -> dict[tuple[int, int], Computed]:
    """What the cells of this page answered so far, by cell and output."""
    return kept(document, "ebm_answers", dict[tuple[int, int], Computed])


class AnswerRenderer:
    """MyST-NB's plugin: an answer is no output to be seen, and is kept for its question."""

    mime_priority_overrides: ClassVar[Sequence[tuple[str, str, int | None]]] = ()

    @staticmethod
    def handle_mime(
        renderer: NbElementRenderer, data: MimeData, inline: bool
    ) -> list[nodes.Element] | None:
        if data.mime_type != MIME:
            return None
        raw = data.content
        facts = json.loads(raw) if isinstance(raw, str) else dict(raw)
        place = (data.cell_index or 0, data.output_index or 0)
        answers_in(renderer.renderer.document)[place] = Computed(facts, data.line or 0)
        return []


def setup() -> None:
    """MyST-NB loads its plugins from installed packages; its list is cached, and ours joins it."""
    plugins = load_mime_renders()
    if AnswerRenderer not in plugins:
        plugins.insert(0, AnswerRenderer)
