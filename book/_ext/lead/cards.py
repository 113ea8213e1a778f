"""``{cards}``: a chapter's pages as cards, where they lead, and a small graph of what they need.

Its body may give pages their line, `LABEL: a sentence`, where a page's own first question does not
stand alone. Print and notebooks list the chapter's pages in their own way.
"""

from __future__ import annotations

from html import escape
from typing import Any, ClassVar

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util import logging

from _ext.lead import chapters, graph, layout, needs, pictures, told
from _ext.lead.lines import Lines, LinesDirective, strange
from _ext.lead.promise import skip
from _ext.shared import others
from _ext.shared.kept import ByPage

LOG = logging.getLogger(__name__)
LINES = ByPage[Lines]("card_lines")  # of each opening


class Cards(nodes.General, nodes.Element):
    """The place of the cards; they are made when every page is known."""


class CardsDirective(LinesDirective):
    """Its body is lines `LABEL: a sentence`; `:picture: FIGURE PANEL` is that of the chapter."""

    option_spec: ClassVar[dict[str, Any]] = {"picture": directives.unchanged}

    def run(self) -> list[nodes.Node]:
        LINES(self.env)[self.env.docname] = self.lines()
        name, _, panel = str(self.options.get("picture", "")).partition(" ")
        if panel and not panel.isdigit():
            text = "cards: expected ':picture: FIGURE PANEL', the panel by its number, got %r."
            LOG.warning(text, panel, location=self.get_location(), type="lead")
        node = Cards(
            ebm_site_only=True, picture=name, panel=int(panel) if panel.isdigit() else None
        )
        self.set_source_info(node)
        return [node]


def question(env: BuildEnvironment, opening: str, page: str) -> str:
    """A page in one line: as its chapter's opening tells it, or its own first question."""
    for label, (words, _) in LINES(env).get(opening, {}).items():
        if told.page_of(env, label) == page:
            return words
    return told.TOLD(env)[page].question if page in told.TOLD(env) else ""


def check(app: Sphinx, env: BuildEnvironment) -> None:
    """A line for what is no page of the chapter is told."""
    for opening, lines in LINES(env).items():
        for label, (_, where) in lines.items():
            if told.page_of(env, label) not in chapters.children(env, opening):
                strange("cards", label, "a page of this chapter", (opening, where))


def counted(env: BuildEnvironment, some: list[str]) -> str:
    """Figures, minutes and checked claims of pages, in words; what there is none of is left out."""
    known = [told.TOLD(env)[page] for page in some if page in told.TOLD(env)]
    found = (
        (sum(one.figures for one in known), "figure", "figures"),
        (sum(map(told.minutes, known)), "minute", "minutes"),
        (sum(told.checks(env, page) for page in some), "checked claim", "checked claims"),
    )
    return " · ".join(
        f"{number} {one if number == 1 else many}" for number, one, many in found if number
    )


def visit_html(self: Any, node: Cards) -> None:
    env, opening = self.builder.env, self.builder.current_docname
    inside = chapters.children(env, opening)
    if not inside:
        raise nodes.SkipNode
    cards = "".join(_card(self.builder, opening, page) for page in inside)
    before, after, edges = needs.around(env, opening)
    said = [f"<dt>In all</dt><dd>{counted(env, inside)}</dd>"]
    if after:
        links = " · ".join(_link(self.builder, opening, one) for one in after)
        said.append(f"<dt>Leads to</dt><dd>{links}</dd>")
    self.body.append(
        f'<div class="cards wide">\n<ul class="cards-list">{cards}</ul>\n'
        f'<div class="cards-foot">{_graph(self.builder, opening, before, after, edges)}'
        f'<dl class="cards-about">{"".join(said)}</dl></div></div>\n'
    )
    raise nodes.SkipNode


def _card(builder: Any, here: str, page: str) -> str:
    env, figure = builder.env, pictures.lead(builder.env, page)
    picture = pictures.html(builder, here, figure, "card") if figure else ""
    name = chapters.name(env, page)
    return (
        f'<li class="card-of-page"><span class="card-picture">{picture}</span>'
        f'<span class="card-words"><a href="{escape(builder.get_relative_uri(here, page))}">'
        f"{escape(name)}</a><span>{escape(question(env, here, page))}</span></span>"
        f'<span class="card-counts">{counted(env, [page])}</span></li>\n'
    )


def _link(builder: Any, here: str, page: str) -> str:
    words = chapters.name(builder.env, page)
    return f'<a href="{escape(builder.get_relative_uri(here, page))}">{escape(words)}</a>'


def _graph(
    builder: Any, here: str, before: list[str], after: list[str], edges: dict[str, set[str]]
) -> str:
    env, inside = builder.env, chapters.children(builder.env, here)
    order = [*before, *inside, *after]
    drawn = {
        page: graph.Node(
            chapters.number(env, page),
            chapters.title(env, page),
            builder.get_relative_uri(here, page),
            quiet=page not in inside,
        )
        for page in order
    }
    said = "; ".join(
        f"{drawn[page].words} needs {', '.join(drawn[one].words for one in order if one in some)}"
        for page in order
        if (some := edges.get(page, set()) & set(order))
    )
    at = layout.places(order, edges)
    return graph.svg(drawn, at, edges, f"What depends on what: {said}.")


def shows(app: Sphinx, page: str) -> str:
    """All that its cards say of other pages."""
    env = app.env
    if page not in LINES(env):
        return ""
    inside = chapters.children(env, page)
    leads = [pictures.lead(env, one) for one in inside]
    sizes = [one and (one.name, one.small["card"][:2]) for one in leads]
    before, after, edges = needs.around(env, page)
    leading = sorted((one, sorted(some)) for one, some in edges.items())
    lines = [(question(env, page, one), counted(env, [one])) for one in inside]
    return repr((sizes, sorted(before), sorted(after), leading, lines))


def setup(app: Sphinx) -> None:
    LINES.setup(app)
    app.add_directive("cards", CardsDirective)
    others.tell(app, shows)
    quiet: dict[str, Any] = dict.fromkeys(("latex", "text", "man", "texinfo"), (skip, None))
    app.add_node(Cards, html=(visit_html, None), **quiet)
    app.connect("env-check-consistency", check)
