"""A term tells what the glossary says of it."""

from __future__ import annotations

from html import escape

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx

from _ext.katex import build
from _ext.notation.tips import picture
from _ext.shared.kept import ByPage

Meaning = list[tuple[str, str]]  # pieces of a sentence: words, or a formula's TeX
MEANINGS = ByPage[dict[str, Meaning]]("glossary_meanings")  # by the term's place


def collect(app: Sphinx, document: nodes.document) -> None:
    """What a glossary says, kept when its page is read."""
    found: dict[str, Meaning] = {}
    for glossary in document.findall(addnodes.glossary):
        for item in glossary.findall(nodes.definition_list_item):
            terms = list(item.findall(nodes.term))
            meaning = next(item.findall(nodes.definition))
            found |= {place: _pieces(meaning) for one in terms for place in one["ids"]}
    if found:
        MEANINGS(app.env)[app.env.docname] = found


def _pieces(node: nodes.Element) -> Meaning:
    found: Meaning = []
    for child in node.children:
        if isinstance(child, nodes.math):
            found.append(("math", child.astext()))
        elif isinstance(child, nodes.Text):
            found.append(("", child.astext()))
        elif isinstance(child, nodes.Element):
            found += _pieces(child)
    return found


def meanings(app: Sphinx) -> dict[str, Meaning]:
    """All of the book, by page and place as a link has them: 'book/appendix/glossary#term-x'."""
    kept = MEANINGS(app.env)
    return {f"{page}#{place}": one for page in kept for place, one in kept[page].items()}


def used(document: nodes.document) -> dict[str, str]:
    """Place -> address of each term that a page names."""
    found = {}
    for link in document.findall(nodes.reference):
        if any("std-term" in one["classes"] for one in link.findall(nodes.Element)):
            address = str(link.get("refuri", ""))
            found[address.rpartition("#")[2]] = address
    return found


def shown(app: Sphinx, page: str) -> str:
    """Pages that name terms show the glossary's words; which ones, is not asked."""
    return repr(sorted(MEANINGS(app.env).items()))


def told(app: Sphinx, page: str, document: nodes.document) -> str:
    """The meanings of a page's terms, as HTML that is not seen until one points at a term."""
    known = {key.rpartition("#")[2]: one for key, one in meanings(app).items()}
    found = [place for place in used(document) if place in known]
    rows = [_row(place, _html(app, known[place])) for place in found]
    return f'<div class="page-terms" hidden>\n{"".join(rows)}</div>\n' if rows else ""


def _row(place: str, html: str) -> str:
    return f'<p id="told-{escape(place)}"><span class="told-body">{html}</span></p>\n'


def _html(app: Sphinx, meaning: Meaning) -> str:
    return "".join(_formula(app, one) if kind else escape(one) for kind, one in meaning)


def _formula(app: Sphinx, tex: str) -> str:
    """Only what is seen of a formula: a screen reader follows the link and has the glossary."""
    return picture(app, tex) if build.uses_katex(app) else escape(tex)


def setup(app: Sphinx) -> None:
    MEANINGS.setup(app)
    app.connect("doctree-read", collect)
