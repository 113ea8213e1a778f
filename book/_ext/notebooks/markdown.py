"""A page's document as the parts of a notebook: Markdown that any reader shows, and its cells."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from docutils import nodes
from sphinx_markdown_builder.contexts import WrappedContext

from _ext.checks.nodes import Count, Sentence
from _ext.notebooks.blocks import APART
from _ext.notebooks.media import Media
from _ext.notebooks.questions import Questions

BREAK = re.compile(r"<br\s*/?>")
SITE_ONLY = "ebm_site_only"  # an attribute: what stands in {only} html makes sense on a page alone


@dataclass(frozen=True)
class Piece:
    """Words between two cells.

    Attributes:
        text: Markdown.
        attachments: the pictures that it shows, by name: mime type and content.
    """

    text: str
    attachments: dict[str, tuple[str, bytes]] = field(default_factory=dict)


class PageTranslator(Questions, Media):
    """sphinx-markdown-builder's translator, with this book's nodes; a cell ends a piece of words.

    Attributes:
        at: the line of the source (from 1) that is being written.
    """

    def __init__(self, document: nodes.document, builder: Any) -> None:
        super().__init__(document, builder)
        self.attachments = {}
        self.at = 1
        self._parts: list[Piece | int] = []

    def parts(self) -> list[Piece | int]:
        """Pieces of Markdown, and the indices of the cells that stand between them."""
        self._end_piece()
        return self._parts

    def _end_piece(self) -> None:
        if text := self.ctx.make().strip():
            self._parts.append(Piece(text, self.attachments))
        self.ctx.body.clear()
        self.ctx.ensure_eol_count = 0
        self.attachments = {}

    def dispatch_visit(self, node: nodes.Node) -> None:
        self.at = node.line or self.at
        if isinstance(node, nodes.Element) and node.get(SITE_ONLY):
            raise nodes.SkipNode
        super().dispatch_visit(node)

    def visit_container(self, node: nodes.container) -> None:
        """Of containers only cells are more than a class.

        Raises:
            ValueError: if a cell stands within a box, which cannot go on after it.
        """
        if node.get("nb_element") == "cell_code":
            if len(self._ctx_queue) > 1:
                raise ValueError("a cell stands within a box or a list.")
            self._end_piece()
            self._parts.append(int(node["cell_index"]))
            raise nodes.SkipNode
        if "sd-card-title" in node["classes"]:
            self._push_context(WrappedContext("**", "**", params=APART))

    def depart_container(self, node: nodes.container) -> None:
        if "sd-card-title" in node["classes"]:
            self._pop_context()

    def visit_Sentence(self, node: Sentence) -> None:
        """Above its cell, which Jupyter and Colab fold; what imports says so itself."""
        if node.parent["kind"] != "check":
            raise nodes.SkipNode
        self.add("\N{CHECK MARK} ", prefix_eol=2)

    def depart_Sentence(self, node: Sentence) -> None:
        self.ensure_eol(2)

    def visit_Count(self, node: Count) -> None:
        raise nodes.SkipNode

    def visit_compact_paragraph(self, node: nodes.Element) -> None:
        raise nodes.SkipNode  # the list of the chapter's pages, which the site has

    def depart_compact_paragraph(self, node: nodes.Element) -> None:
        """Never reached."""

    def visit_raw(self, node: nodes.raw) -> None:
        """A line that is broken on purpose is HTML by now; other HTML is kept for the site."""
        if node["format"] == "html" and BREAK.fullmatch(node.astext().strip()):
            self.add("<br>")
        raise nodes.SkipNode

    def unknown_visit(self, node: nodes.Node) -> None:
        """Nodes that only dress their children; what is in them is read."""

    def unknown_departure(self, node: nodes.Node) -> None:
        """See `unknown_visit`."""
