"""Take the figures out of the cells' outputs, as MyST-NB renders them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar

from docutils import nodes
from myst_nb.core.render import MimeData, NbElementRenderer, load_mime_renders

from _ext.shared.kept import kept

MIME = "application/vnd.ebmlib.figure+json"
PICTURES = ("image/", "application/pdf")


@dataclass
class Shown:
    """One figure that a cell showed."""

    name: str
    line: int
    cell: int = 0  # its place among the cells of the page
    mimes: dict[str, Any] = field(default_factory=dict)

    def facts(self) -> dict[str, Any]:
        """What the output says besides the picture."""
        raw = self.mimes.get(MIME, {})
        return json.loads(raw) if isinstance(raw, str) else dict(raw)


def shown_in(document: nodes.document) -> dict[tuple[int, int], Shown]:
    """The figures that the cells of this page showed so far, by cell and output."""
    return kept(document, "ebm_shown", dict[tuple[int, int], Shown])


def strangers_in(document: nodes.document) -> dict[tuple[int, int], int]:
    """The lines of the cells that showed a picture otherwise."""
    return kept(document, "ebm_strangers", dict[tuple[int, int], int])


class FigureRenderer:
    """MyST-NB's plugin: our outputs vanish from the cell and are kept for the directive."""

    mime_priority_overrides: ClassVar[Sequence[tuple[str, str, int | None]]] = ()

    @staticmethod
    def handle_mime(
        renderer: NbElementRenderer, data: MimeData, inline: bool
    ) -> list[nodes.Element] | None:
        document = renderer.renderer.document
        place = (data.cell_index or 0, data.output_index or 0)
        mark = data.output_metadata.get("ebmlib", {}).get("figure")
        if mark is None:
            if data.mime_type.startswith(PICTURES) and not inline:
                strangers_in(document)[place] = data.line or 0
            return None
        shown = shown_in(document).setdefault(place, Shown(mark, data.line or 0, place[0]))
        shown.mimes[data.mime_type] = data.content
        return []


def setup() -> None:
    """MyST-NB loads its plugins from installed packages; its list is cached, and ours joins it."""
    plugins = load_mime_renders()
    if FigureRenderer not in plugins:
        plugins.insert(0, FigureRenderer)
