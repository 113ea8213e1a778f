"""``{book-map}``: all chapters and what their pages need, as SVG on the site, as TikZ in print."""

from __future__ import annotations

from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

from _ext.lead import mapped, mapsvg, maptex
from _ext.lead.promise import skip
from _ext.shared import others
from _ext.shared.kept import ByPage

MAPS = ByPage[bool]("book_maps")  # where one stands


class BookMap(nodes.General, nodes.Element):
    """The place of the map."""


class MapDirective(SphinxDirective):
    """It has neither argument nor body."""

    def run(self) -> list[nodes.Node]:
        MAPS(self.env)[self.env.docname] = True
        node = BookMap(ebm_site_only=True)
        self.set_source_info(node)
        return [node]


def _visit_html(self: Any, node: BookMap) -> None:
    both = (
        mapsvg.drawing(self.builder, self.builder.current_docname, one) for one in (False, True)
    )
    self.body.append(f'<div class="book-map wide">{"".join(both)}</div>\n')
    raise nodes.SkipNode


def _visit_latex(self: Any, node: BookMap) -> None:
    self.body.append(maptex.drawing(self.builder.env, self.encode))
    raise nodes.SkipNode


def _visit_text(self: Any, node: BookMap) -> None:
    self.add_text(mapped.said(self.builder.env))
    raise nodes.SkipNode


def shows(app: Sphinx, page: str) -> str:
    """What a map says of other pages."""
    env = app.env
    return (
        repr((sorted(mapped.placed(env).items()), mapped.edges(env))) if page in MAPS(env) else ""
    )


def setup(app: Sphinx) -> None:
    MAPS.setup(app)
    others.tell(app, shows)
    app.add_directive("book-map", MapDirective)
    quiet: dict[str, Any] = dict.fromkeys(("man", "texinfo"), (skip, None))
    kinds: dict[str, Any] = {
        "html": (_visit_html, None), "latex": (_visit_latex, None), "text": (_visit_text, None)
    }  # fmt: skip
    app.add_node(BookMap, **kinds, **quiet)
