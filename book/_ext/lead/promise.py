"""``{promise} FIGURE``: before a page's first code, a small copy of a figure that stands below."""

from __future__ import annotations

from typing import Any, ClassVar

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective

from _ext.figures.picture import Picture
from _ext.lead import pictures

LOG = logging.getLogger(__name__)


class Promise(nodes.General, nodes.Element):
    """Attributes: name, panel, card; what it holds is its line, with a link to the figure."""


class PromiseDirective(SphinxDirective):
    """Its argument is a figure of this page, its body one short line.

    Without `:panel:` the copy shows all panels; `:card:` is the panel for cards, if another.
    """

    required_arguments = 1
    has_content = True
    option_spec: ClassVar[dict[str, Any]] = {
        "panel": directives.positive_int,
        "card": directives.positive_int,
    }

    def run(self) -> list[nodes.Node]:
        name, body = self.arguments[0].strip(), nodes.Element()
        self.state.nested_parse(self.content, self.content_offset, body)
        line = body.children[0] if len(body.children) == 1 else None
        if not isinstance(line, nodes.paragraph):
            where = self.get_location()
            LOG.warning(
                "promise: expected one short line under it, got %s.",
                f"{len(body)} paragraphs" if len(body) else "none",
                location=where,
                type="lead",
            )
            return []
        # A copy says nothing that the figure does not: notebooks and print, which stand alone
        # without a page's first screen, do without.
        node = Promise("", line, name=name, ebm_site_only=True, **self.options)
        line += [nodes.Text(" "), self._link(name)]
        for one in (node, line):
            self.set_source_info(one)
        return [node]

    def _link(self, name: str) -> addnodes.pending_xref:
        given = {"reftype": "numref", "refdomain": "std", "reftarget": f"fig-{name}"}
        words = nodes.literal("", f"fig-{name}", classes=["xref", "std", "std-numref"])
        link = addnodes.pending_xref(
            "", words, refexplicit=False, refwarn=True, refdoc=self.env.docname, **given
        )
        self.set_source_info(link)
        return link


def note(app: Sphinx, doctree: nodes.document) -> None:
    """Refuse what keeps no promise, and draw the page's small pictures."""
    choice = None
    for node in list(doctree.findall(Promise)):
        trouble = _trouble(doctree, node, choice)
        if trouble:
            LOG.warning("promise: %s", trouble, location=node, type="lead")
            node.parent.remove(node)
            continue
        choice = pictures.Choice(node["name"], node.get("panel"), node.get("card"), node)
    for one in doctree.findall(nodes.Element):
        if choice is None and one.get("picture"):  # of a chapter's cards
            if not any(shown["name"] == one["picture"] for shown in doctree.findall(Picture)):
                text = "cards: expected a figure of this page as ':picture:', got %r."
                LOG.warning(text, one["picture"], location=one, type="lead")
                continue
            choice = pictures.Choice(one["picture"], one["panel"], None, one)
    pictures.note(app, doctree, choice)


def _trouble(doctree: nodes.document, node: Promise, before: object) -> str:
    name = node["name"]
    if before is not None:
        return "a page has one promise, this is its second."
    order = list(doctree.findall(lambda one: isinstance(one, (Picture, Promise)) or _is_cell(one)))
    here = order.index(node)
    named = [at for at, one in enumerate(order) if isinstance(one, Picture) and one["name"] == name]
    if not named:
        return (
            f"expected a figure that stands later on this page, got {name!r}, which is not on it."
        )
    if named[0] < here:
        return (
            f"expected a figure that stands later on this page, got {name!r}, which stands before."
        )
    if any(_is_cell(one) for one in order[:here]):
        return "expected it before the page's first code, got it after."
    return ""


def _is_cell(node: nodes.Node) -> bool:
    return isinstance(node, nodes.container) and node.get("nb_element") == "cell_code"


def visit_html(self: Any, node: Promise) -> None:
    """The picture is a link, too, but the one that is read out is that of the line."""
    page = self.builder.current_docname
    found = pictures.FIGURES(self.builder.env)[page]
    figure = next(one for one in found if one.name == node["name"])
    picture = pictures.html(self.builder, page, figure, "promise")
    self.body.append(
        f'<div class="promise">\n<a class="promise-picture" href="#fig-{node["name"]}" '
        f'tabindex="-1" aria-hidden="true">{picture}</a>\n'
    )


def depart_html(self: Any, node: Promise) -> None:
    self.body.append("</div>\n")


def skip(self: Any, node: nodes.Element) -> None:
    raise nodes.SkipNode


def setup(app: Sphinx) -> None:
    app.add_directive("promise", PromiseDirective)
    others: dict[str, Any] = dict.fromkeys(("latex", "text", "man", "texinfo"), (skip, None))
    app.add_node(Promise, html=(visit_html, depart_html), **others)
    app.connect("doctree-read", note, priority=600)  # when every figure has its drawing
