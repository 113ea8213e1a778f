"""``{start} WORDS``: the one clear way to start reading, a link to the page after this one."""

from __future__ import annotations

from html import escape
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective

from _ext.theme.icons import icon

logger = logging.getLogger(__name__)


class Start(nodes.General, nodes.Element):
    """Attributes: words, and docname where it is not simply the next page."""


class StartDirective(SphinxDirective):
    """Its argument is the link's words; `:page:` names another page than the next one."""

    required_arguments = 1
    final_argument_whitespace = True
    option_spec = {"page": str}  # noqa: RUF012  (docutils' own way)

    def run(self) -> list[nodes.Node]:
        node = Start(words=self.arguments[0], docname=self.options.get("page", ""))
        self.set_source_info(node)
        return [node]


def _visit_html(self: Any, node: Start) -> None:
    env, here = self.builder.env, self.builder.current_docname
    docname = node["docname"] or self.builder.relations.get(here, (None, None, None))[2]
    if not docname or docname not in env.titles:
        logger.warning("start: there is no page %r to start with", docname, location=node)
        raise nodes.SkipNode
    address = escape(self.builder.get_relative_uri(here, docname))
    title = escape(env.titles[docname].astext())
    self.body.append(
        f'<p class="start"><a class="start-link" href="{address}">'
        f'<span class="start-words">{escape(node["words"])}</span>'
        f'<span class="start-title">{title}</span>{icon("next")}</a></p>\n'
    )
    raise nodes.SkipNode


def _skip(self: Any, node: Start) -> None:
    raise nodes.SkipNode


def setup(app: Sphinx) -> None:
    app.add_directive("start", StartDirective)
    others: dict[str, Any] = dict.fromkeys(("latex", "text", "man", "texinfo"), (_skip, None))
    app.add_node(Start, html=(_visit_html, None), **others)
