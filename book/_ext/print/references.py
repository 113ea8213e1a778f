"""References on paper: the web's numbers, the page where it stands, and words for what is not here.

A volume holds some pages of the book. What leads out of it would be a link without its anchor,
which TeX prints as `??`: it keeps its words and its number, and is no link.
"""

from __future__ import annotations

from typing import Any

from docutils import nodes
from docutils.nodes import Element
from sphinx.writers.latex import LaTeXTranslator
from sphinxcontrib.bibtex.nodes import raw_latex

from _ext.print.exercises import EXERCISES
from _ext.print.numbers import Numbers

NAMED = {nodes.container, *nodes.Admonition.__subclasses__()} - {*EXERCISES}
CITATION = "bibtex-citation"


class References(LaTeXTranslator):
    """The part of the writer that refers to sections, figures, equations and pages."""

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        self.numbers = Numbers(self.builder.env)
        self._after: tuple[str, str] | None = None  # label and page of the link that is open

    def visit_number_reference(self, node: Element) -> None:
        label, docname, anchor = self._target(node)
        here = self._holds(docname)
        number = self.numbers.anywhere(docname, anchor)
        if here and not number:
            super().visit_number_reference(node)
            return
        number = number or self.numbers.section(docname, "")  # a label over a page's title
        title = self.escape(node.get("title", "%s"))
        words = title.replace("\\%s", "%s").replace("\\{number\\}", "%s")
        text = (words % number if "%s" in words else words).replace(". ", ".~", 1)
        self.body.append(f"\\hyperref[{self.idescape(label)}]{{{text}}}" if here else text)
        if here:
            self._page_of(label, docname)
        raise nodes.SkipNode

    def visit_math_reference(self, node: Element) -> None:
        if self._holds(node["docname"]):
            super().visit_math_reference(node)
        else:
            number = self.numbers.of_equation(node["docname"], node["target"])
            self.body.append(f"({number})")

    def visit_reference(self, node: Element) -> None:
        uri = node.get("refuri", "")
        inside = uri.startswith("%")
        if inside and not self._holds(self._target(node)[1]):
            del node["refuri"]  # Sphinx writes the words of a reference to nothing as they are
            super().visit_reference(node)
            if not self.in_title:
                self.body.append("\\sphinxcrossref{")
                self.context[-1] = "}"
            return
        super().visit_reference(node)
        a_number = node.astext().startswith("(")  # an equation's says enough
        if inside and node.get("internal") and not (self.table or a_number):
            label, docname, _ = self._target(node)
            self._after = label, docname

    def depart_reference(self, node: Element) -> None:
        super().depart_reference(node)
        if self._after:
            self._page_of(*self._after)
        self._after = None

    def visit_inline(self, node: Element) -> None:
        """In a heading a citation is words, which the bookmarks leave out."""
        super().visit_inline(node)
        if self.in_title and CITATION in node["classes"]:
            self.body.append("\\texorpdfstring{")
            self.context[-1] = f"}}{{}}{self.context[-1]}"

    def dispatch_visit(self, node: nodes.Node) -> None:
        """A link of a citation is LaTeX by now, and what is in a heading moves: it breaks there.

        Boxes with a name get its label, which Sphinx writes for figures and tables alone.
        """
        if type(node) in NAMED and isinstance(node, Element) and node["ids"]:
            self.body.append(f"\n{self.hypertarget_to(node, anchor=True)}")
        if self.in_title and isinstance(node, raw_latex):
            self.body.append("{" if node.rawsource.startswith("\\hyperlink") else node.rawsource)
        else:
            super().dispatch_visit(node)

    def _holds(self, docname: str) -> bool:
        builder: Any = self.builder  # ours, which knows more than Sphinx's
        return bool(builder.holds(docname))

    def _target(self, node: Element) -> tuple[str, str, str]:
        """LaTeX's label, page and id of what an internal reference points to."""
        if node.get("refid"):
            docname, anchor = self.curfilestack[-1], node["refid"]
        else:
            docname, _, anchor = node.get("refuri", "")[1:].partition("#")
        return f"{docname}:{anchor or ':doc'}", docname, anchor

    def _page_of(self, label: str, docname: str) -> None:
        if docname != self.curfilestack[-1] and not (self.in_title or self.in_caption):
            self.body.append(f"\\ebmonpage{{{self.idescape(label)}}}")
