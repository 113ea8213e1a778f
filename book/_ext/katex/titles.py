"""Maths in headings and captions, which Sphinx also needs as characters.

A heading's text reaches places that hold no markup: <title>, the search index, the text of a
reference to it. There a formula reads as 'ž' would be typed, not as its TeX.
"""

from __future__ import annotations

from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.transforms import SphinxTransform
from sphinx.util import logging

from _ext.katex.state import source, stylesheet
from _ext.stylesheet.characters import lost
from _ext.stylesheet.expand import plain, without_colours

logger = logging.getLogger(__name__)
LOST = "where this becomes text, as in the contents, no character says \\%s: put it into the page"


class math(nodes.math):  # noqa: N801  (docutils finds its visitors by this name)
    """Inline maths that knows its own characters."""

    def astext(self) -> str:
        return str(self["plain"])


class PlainTitles(SphinxTransform):
    """Give the maths of headings and captions its characters, before Sphinx collects them."""

    default_priority = 200

    def apply(self, **kwargs: Any) -> None:
        sheet = stylesheet(self.app)
        kinds = (nodes.title, nodes.caption, nodes.term)
        for title in [n for n in self.document.findall() if isinstance(n, kinds)]:
            for node in list(title.findall(nodes.math)):
                try:
                    characters = plain(source(node), sheet)
                    gone = lost(without_colours(source(node), sheet))
                except ValueError:
                    continue  # rendering it will tell what is wrong, and where
                if gone:
                    logger.warning(LOST, gone[0], location=title)
                copied = math(node.rawsource, "", *node.children, **node.attributes)
                copied["plain"] = characters
                copied.source, copied.line = node.source, node.line
                node.replace_self(copied)


def plain_titles(app: Sphinx, doctree: nodes.document) -> None:
    """A page's own title is text: it stands in <title>, beside the arrows and in the search."""
    docname = app.env.docname
    for titles in (app.env.titles, app.env.longtitles):
        for node in list(titles[docname].findall(nodes.math)):
            node.parent.replace(node, nodes.Text(node.astext()))


def visit_latex(self: Any, node: nodes.math) -> None:
    """What Sphinx writes, with a bookmark that can be read."""
    tex = source(node)
    if self.in_title and "plain" in node:
        formula = rf"\texorpdfstring{{\protect\({tex}\protect\)}}{{{self.encode(node['plain'])}}}"
    elif self.in_title:
        formula = rf"\protect\({tex}\protect\)"
    else:
        formula = rf"\({tex}\)"
    self.body.append(formula)
    raise nodes.SkipNode
