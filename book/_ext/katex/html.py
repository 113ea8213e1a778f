"""How a formula stands in the HTML: inline in its sentence, displayed in a box with its number."""

from __future__ import annotations

import re
from html import escape
from typing import Any

from docutils import nodes
from sphinx.locale import _
from sphinx.util.math import get_node_equation_number

from _ext.katex.state import render, source, stylesheet
from _ext.stylesheet.expand import without_colours

STRUT = re.compile(r'class="katex-strut" style="height:([0-9.]+)em')
# The letters that are seen of a formula; as many of them as need no break between them.
SEEN = 'class="katex-html" aria-hidden="true">'
TAG = re.compile(r"<[^>]*>")
SHORT = 14
BOLD = re.compile(r"\\bm(?![A-Za-z])")  # KaTeX knows it, others do not
END = "<!--end-->"
STOP = re.compile(END + r"</span>([.,;:!?)]*)")
BRACKET = re.compile(r'([(\[]+)(<span class="[^"]*\bmath-whole"[^>]*>)')
# A paragraph of these alone may be left out of the layout until it is near; it hangs nothing
# into the margin.
PLAIN = (nodes.Text, nodes.math, nodes.reference, nodes.emphasis, nodes.strong, nodes.literal)
QUIET = {"std", "std-ref", "std-term", "doc", "xref"}  # references, to terms too
LINE = 42  # characters, on a phone
MOST = 24  # lines, as many as maths.css knows


def visit_inline(self: Any, node: nodes.math) -> None:
    html = _rendered(self, node)
    letters = TAG.sub("", html.partition(SEEN)[2])
    whole, end = (" math-whole", END) if 0 < len(letters) <= SHORT else ("", "")
    classes = f"math notranslate nohighlight{whole}"
    self.body.append(self.starttag(node, "span", "", CLASS=classes, **_typed(self, node)))
    self.body.append(f"{html}{end}</span>")
    raise nodes.SkipNode


def keep_stops(app: Any, page: str, template: str, context: dict[str, Any], tree: Any) -> None:
    """Take a stop into the short formula before it, so that no line begins with a full stop, and
    a bracket into the one after it, so that no line ends with it."""
    if "body" in context:
        stopped = STOP.sub(r"\1</span>", context["body"])
        context["body"] = BRACKET.sub(r"\2\1", stopped)


def visit_display(self: Any, node: nodes.math_block) -> None:
    classes = "math notranslate nohighlight"
    self.body.append(self.starttag(node, "div", "", CLASS=classes, **_typed(self, node)))
    html = _rendered(self, node)
    height = max(map(float, STRUT.findall(html)), default=1.0)
    self.body.append(f'<div class="maths-box" style="--height:{height:.2f}em">{html}</div>')
    if node["number"]:
        number = get_node_equation_number(self, node)
        self.body.append(f'<span class="eqno">({number})')
        self.add_permalink_ref(node, _("Link to this equation"))
        self.body.append("</span>")
    self.body.append("</div>\n")
    raise nodes.SkipNode


def _typed(self: Any, node: nodes.Element) -> dict[str, str]:
    """The TeX that a reader copies: the book's macros written out, without colours."""
    try:
        tex = without_colours(source(node), stylesheet(self.builder.app))
    except ValueError:  # told by whoever renders it
        return {}
    return {"data-tex": BOLD.sub(r"\\boldsymbol", " ".join(tex.split()))}


def _rendered(self: Any, node: nodes.Element) -> str:
    result = render(self.builder.app, node)
    # An error has been told with file and line; a build that goes on shows the source.
    return result.html or f"<code>{escape(node.astext())}</code>"


def mark_paragraph(paragraph: nodes.paragraph) -> None:
    """Tell a paragraph with maths its likely height, and so that it need not be laid out at once.

    A page of formulas is many thousand elements: those out of view cost nothing until they come.
    """
    inside = [node for node in paragraph.findall() if node is not paragraph]
    maths = [node for node in inside if isinstance(node, nodes.math)]
    plain = all(isinstance(node, (*PLAIN, nodes.inline)) and _quiet(node) for node in inside)
    if maths and plain and isinstance(paragraph.parent, nodes.section):
        letters = len(paragraph.astext()) - sum(len(node.astext()) for node in maths) // 2
        lines = min(1 + letters // LINE, MOST)
        paragraph["classes"] += ["maths-lines", f"lines-{lines}"]


def _quiet(node: nodes.Node) -> bool:
    """Whether a node has no classes of an extension that might move it, as a margin note's."""
    return not isinstance(node, nodes.inline) or set(node["classes"]) <= QUIET
