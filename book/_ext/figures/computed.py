"""The directive that says where a computed figure stands and what its caption is."""

from __future__ import annotations

from docutils import nodes
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective

from _ext.figures.picture import Picture
from _ext.figures.row import PictureLinks

LOG = logging.getLogger(__name__)


class CaptionedFigure(SphinxDirective):
    """A figure whose body is its caption, and whose label is ``fig-`` and its name."""

    required_arguments = 1
    has_content = True

    def figure(self, inner: nodes.Element) -> list[nodes.Node]:
        """A numbered figure around a picture."""
        name = self.arguments[0].strip()
        body = nodes.Element()
        self.state.nested_parse(self.content, self.content_offset, body)
        first = body.children[0] if body.children else None
        if not isinstance(first, nodes.paragraph):
            where = self.get_location()
            LOG.warning("figure %r has no caption", name, location=where, type="figures")
            return []
        caption = nodes.caption(first.rawsource, "", *first.children)
        figure = nodes.figure("", inner, caption, classes=["ebm", self.name])
        if len(body) > 1:
            figure += nodes.legend("", *body.children[1:])
        figure += PictureLinks()
        figure["names"].append(nodes.fully_normalize_name(f"fig-{name}"))
        for node in (figure, caption, inner):
            self.set_source_info(node)
        self.state.document.note_explicit_target(figure, figure)
        return [figure]


class Computed(CaptionedFigure):
    """``{computed} NAME`` after the cell that shows the figure NAME; the body is the caption."""

    def run(self) -> list[nodes.Node]:
        return self.figure(Picture(name=self.arguments[0].strip()))
