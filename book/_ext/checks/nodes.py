"""What folds, its sentence, and the line under the title; how the site and print write them."""

from __future__ import annotations

from typing import Any

from docutils import nodes
from sphinx.application import Sphinx

# Drawn: the book's letters have no such mark.
MARK = (
    '<svg class="check-mark" viewBox="0 0 16 16" aria-hidden="true">'
    '<path d="M2.5 8.5 6.5 12.5 13.5 3.5"/></svg>'
)


class Folded(nodes.General, nodes.Element):
    """A sentence and the cell behind it; `kind` is check or imports."""


class Sentence(nodes.Part, nodes.TextElement):
    """What one reads of a cell that is folded."""


class Count(nodes.General, nodes.TextElement):
    """How many claims a page checks, on the site alone."""


def _open_box(self: Any, node: Folded) -> None:
    self.body.append(self.starttag(node, "details", CLASS=f"folded {node['kind']}"))


def _close_box(self: Any, node: Folded) -> None:
    self.body.append("</details>\n")


def _open_sentence(self: Any, node: Sentence) -> None:
    mark = MARK if node.parent["kind"] == "check" else ""
    self.body.append(f"<summary>{mark}<span>")


def _close_sentence(self: Any, node: Sentence) -> None:
    self.body.append("</span></summary>\n")


def _open_count(self: Any, node: Count) -> None:
    self.body.append(self.starttag(node, "p", "", CLASS="check-count"))


def _close_count(self: Any, node: Count) -> None:
    self.body.append("</p>\n")


def _print_box(self: Any, node: Folded) -> None:
    """Code that proves is for who can run it; imports say nothing to who only reads."""
    if node["kind"] == "check":
        self.body.append("\n\n\\ebmcheck{")
        for child in node[0].children:
            child.walkabout(self)
        self.body.append("}\n")
    raise nodes.SkipNode


def _skip(self: Any, node: nodes.Element) -> None:
    raise nodes.SkipNode


def _depart(self: Any, node: nodes.Element) -> None:
    """Never reached, or nothing is open."""


def unlink(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """A sentence that opens a cell is a button, within which a link cannot be reached."""
    if app.builder.format == "html":
        for sentence in doctree.findall(Sentence):
            for link in list(sentence.findall(nodes.reference)):
                link.parent.replace(link, link.children)


def setup(app: Sphinx) -> None:
    app.connect("doctree-resolved", unlink)
    app.add_node(Folded, html=(_open_box, _close_box), latex=(_print_box, _depart))
    app.add_node(Sentence, html=(_open_sentence, _close_sentence), latex=(_skip, _depart))
    app.add_node(Count, html=(_open_count, _close_count), latex=(_skip, _depart))
