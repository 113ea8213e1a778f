"""``{wall}``: every figure of the book as a small picture that leads to it, chapter by chapter."""

from __future__ import annotations

from html import escape
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util.docutils import SphinxDirective

from _ext.lead import chapters, pictures
from _ext.lead.promise import skip
from _ext.shared import others
from _ext.shared.kept import ByPage
from _ext.shared.order import in_order

WALLS = ByPage[bool]("figure_walls")  # where one stands


class Wall(nodes.General, nodes.Element):
    """The place of the wall; figures are known when all is read."""


class WallDirective(SphinxDirective):
    """It has neither argument nor body."""

    def run(self) -> list[nodes.Node]:
        WALLS(self.env)[self.env.docname] = True
        node = Wall(ebm_site_only=True)
        self.set_source_info(node)
        return [node]


def number(env: BuildEnvironment, page: str, name: str) -> str:
    """A figure's number, as its caption has it."""
    found = env.toc_fignumbers.get(page, {}).get("figure", {}).get(f"fig-{name}", ())
    return ".".join(map(str, found))


def rooms(env: BuildEnvironment) -> list[tuple[str, list[str]]]:
    """The openings of the chapters with all their pages, and those of no chapter by themselves."""
    known = pictures.FIGURES(env)
    found: dict[str, list[str]] = {}
    for page in in_order(env):
        if page in known:
            is_opening = page in chapters.chapters(env)
            room = page if is_opening else chapters.chapter_of(env, page) or page
            found.setdefault(room, []).append(page)
    return list(found.items())


def visit_html(self: Any, node: Wall) -> None:
    env, here = self.builder.env, self.builder.current_docname
    for room, pages in rooms(env):
        items = [
            _item(self.builder, here, page, figure)
            for page in pages
            for figure in pictures.FIGURES(env)[page]
        ]
        title = escape(chapters.name(env, room))
        self.body.append(
            f'<h2 class="wall-title">{title}</h2>\n<ul class="wall">{"".join(items)}</ul>\n'
        )
    raise nodes.SkipNode


def _item(builder: Any, here: str, page: str, figure: pictures.Figure) -> str:
    address = f"{builder.get_relative_uri(here, page)}#fig-{figure.name}"
    picture = pictures.html(builder, here, figure, "card", figure.alt)
    words = f"Fig. {number(builder.env, page, figure.name)}"
    return f'<li><a href="{escape(address)}">{picture}<span>{words}</span></a></li>\n'


def shows(app: Sphinx, page: str) -> str:
    """Names, sizes, words and numbers of all figures."""
    env = app.env
    if page not in WALLS(env):
        return ""
    found = [
        (one, figure.name, figure.alt, figure.small["card"][:2], number(env, one, figure.name))
        for _, pages in rooms(env)
        for one in pages
        for figure in pictures.FIGURES(env)[one]
    ]
    return repr((rooms(env), found))


def setup(app: Sphinx) -> None:
    WALLS.setup(app)
    others.tell(app, shows)
    app.add_directive("wall", WallDirective)
    quiet: dict[str, Any] = dict.fromkeys(("latex", "text", "man", "texinfo"), (skip, None))
    app.add_node(Wall, html=(visit_html, None), **quiet)
