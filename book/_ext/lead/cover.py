"""The home page as a cover: ``{ways}``, the ways into the book, and ``{band}``, its chapters."""

from __future__ import annotations

from html import escape
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util.docutils import SphinxDirective

from _ext.lead import chapters, pictures, told
from _ext.lead.lines import Lines, LinesDirective, strange
from _ext.lead.promise import skip
from _ext.shared import others
from _ext.shared.addresses import known
from _ext.shared.kept import ByPage

BANDS = ByPage[Lines]("band_lines")


class Ways(nodes.General, nodes.Element):
    """What it holds are the author's own ways; PDF and code join them where they have addresses."""


class Band(nodes.General, nodes.Element):
    """The place of the chapters; they are known when all is read."""


class WaysDirective(SphinxDirective):
    """Its body is words with links, a paragraph each."""

    has_content = True

    def run(self) -> list[nodes.Node]:
        node = Ways(ebm_site_only=True)
        self.state.nested_parse(self.content, self.content_offset, node)
        self.set_source_info(node)
        return [node]


class BandDirective(LinesDirective):
    """Its body is lines `LABEL: a sentence`, one a chapter."""

    def run(self) -> list[nodes.Node]:
        BANDS(self.env)[self.env.docname] = self.lines()
        node = Band(ebm_site_only=True)
        self.set_source_info(node)
        return [node]


def _visit_ways(self: Any, node: Ways) -> None:
    self.body.append('<div class="ways">\n')


def _depart_ways(self: Any, node: Ways) -> None:
    config = self.builder.config
    repository, edition = known(config.ebm_repository), config.ebm_edition
    found = {}
    if repository and edition:
        found["The book as PDF"] = f"{repository}/releases/download/{edition}/energy-book.pdf"
    if repository:
        found["Code"] = repository
    for words, address in found.items():
        self.body.append(f'<p><a href="{escape(address)}" rel="noopener">{words}</a></p>\n')
    self.body.append("</div>\n")


def check(app: Sphinx, env: BuildEnvironment) -> None:
    """A line for what is no chapter is told."""
    for page, lines in BANDS(env).items():
        for label, (_, where) in lines.items():
            if told.page_of(env, label) not in chapters.chapters(env):
                strange("band", label, "a numbered chapter", (page, where))


def picture(env: BuildEnvironment, opening: str) -> pictures.Figure | None:
    """A chapter's picture: that of its opening, or else that of its first page that has one."""
    every = (pictures.lead(env, one) for one in (opening, *chapters.pages(env, opening)))
    return next(filter(None, every), None)


def _visit_band(self: Any, node: Band) -> None:
    env, here = self.builder.env, self.builder.current_docname
    lines = {told.page_of(env, label): words for label, (words, _) in BANDS(env)[here].items()}
    items = []
    for opening in chapters.chapters(env):
        figure = picture(env, opening)
        image = pictures.html(self.builder, here, figure, "card") if figure else ""
        name = chapters.name(env, opening)
        address = escape(self.builder.get_relative_uri(here, opening))
        items.append(
            f'<li class="card-of-page"><span class="card-picture">{image}</span>'
            f'<span class="card-words"><a href="{address}">{escape(name)}</a>'
            f"<span>{escape(lines.get(opening, ''))}</span></span></li>\n"
        )
    self.body.append(f'<nav class="band" aria-label="Chapters"><ul>{"".join(items)}</ul></nav>\n')
    raise nodes.SkipNode


def shows(app: Sphinx, page: str) -> str:
    """The pictures of the chapters; their titles every page shows."""
    if page not in BANDS(app.env):
        return ""
    found = [picture(app.env, one) for one in chapters.chapters(app.env)]
    labels = [told.page_of(app.env, label) for label in BANDS(app.env)[page]]
    return repr(([one and (one.name, one.small["card"][:2]) for one in found], labels))


def setup(app: Sphinx) -> None:
    BANDS.setup(app)
    others.tell(app, shows)
    app.add_directive("ways", WaysDirective)
    app.add_directive("band", BandDirective)
    quiet: dict[str, Any] = dict.fromkeys(("latex", "text", "man", "texinfo"), (skip, None))
    app.add_node(Ways, html=(_visit_ways, _depart_ways), **quiet)
    app.add_node(Band, html=(_visit_band, None), **quiet)
    app.connect("env-check-consistency", check)
