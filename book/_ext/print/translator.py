"""What Sphinx's LaTeX writer does otherwise for this book."""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from typing import Any

from docutils import nodes
from docutils.nodes import Element
from sphinx import addnodes
from sphinx.builders.latex.nodes import captioned_literal_block

from _ext.print import cells, qr
from _ext.print.exercises import EXERCISES
from _ext.print.references import References

_STATEMENT = re.compile(r"[.?!](?=\s|$)")
CARD_TITLE = "sd-card-title"


class PrintTranslator(References):
    """Numbers of the web edition, cells for paper, paragraphs as a book sets them."""

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        self.asked: dict[str, tuple[str, str]] = {}  # number and title of the exercises so far

    # Headings -----------------------------------------------------------------------------

    def visit_document(self, node: Element) -> None:
        super().visit_document(node)
        self.this_is_the_title = 0  # the first heading is the preface's

    def visit_section(self, node: Element) -> None:
        if not _asked(node):
            super().visit_section(node)

    def depart_section(self, node: Element) -> None:
        if not _asked(node):
            super().depart_section(node)

    def number_of(self, docname: str, anchor: str) -> str:
        return self.numbers.section(docname, anchor)

    def visit_title(self, node: Element) -> None:
        section = node.parent
        if not isinstance(section, nodes.section):
            super().visit_title(node)
            return
        docname = self.curfilestack[-1]
        own = not isinstance(section.parent, nodes.section) or section.parent is None
        first = self.numbers.is_page(section)
        kind = self.sectionnames[min(self.sectionlevel, len(self.sectionnames) - 1)]
        number = self.numbers.of_heading(docname, section, first)
        code = qr.name(docname) if first and kind == "chapter" else ""
        if own and docname == self.config.root_doc:
            self.body.append("\\ebmheading[3]{chapter}{}{}{Preface}" + self.hypertarget_to(section))
            raise nodes.SkipNode
        if code:
            builder: Any = self.builder  # our own, which gathers them
            builder.coded.add(docname)
        room = cells.room_of_first(section)
        if first and kind == "section":  # the figures of the page before have found their place
            self.body.append("\\FloatBarrier")
        self.body.append(f"\\ebmheading[{room}]{{{kind}}}{{{number}}}{{{code}}}{{")
        self.context.append("}\n" + self.hypertarget_to(section))
        self.in_title = 1

    def mark(self, node: Element) -> None:
        """A comment with the page's line, for whoever reads TeX's complaints."""
        line, source = node.line, str(node.source or "")
        while line is None and node.parent is not None:
            node = node.parent
            line, source = node.line, str(node.source or "")
        root = f"{self.builder.srcdir}/"
        if line and source.startswith(root) and not self.table:
            begins = "".join(self.body[-1:]).endswith("\n")
            self.body.append(f"{'' if begins else chr(10)}%@ {source.removeprefix(root)}:{line}\n")

    # Paragraphs ---------------------------------------------------------------------------

    def visit_paragraph(self, node: Element) -> None:
        before = _before(node)
        if before is None and (_asked(node.parent) or isinstance(node.parent, EXERCISES)):
            self.body.append("\\ignorespaces\n")  # on the line of the title
            self.mark(node)
        elif before is None or isinstance(node.parent, (nodes.footnote, nodes.entry)):
            super().visit_paragraph(node)
        elif isinstance(before, nodes.math_block):
            self.mark(node)  # the sentence goes on
        elif isinstance(before, nodes.paragraph):
            self.body.append("\n")
            self.mark(node)
            self.body.append("\\sphinxAtStartPar\n")
        else:
            self.body.append("\n")
            self.mark(node)
            self.body.append("\\noindent\\ignorespaces\n")

    def visit_index(self, node: Element) -> None:
        if isinstance(_before(node), nodes.math_block):
            self._close_up()  # the sentence goes on after the display
            node["inline"] = True
            try:
                super().visit_index(node)
            finally:
                self.body.append("%\n")
        super().visit_index(node)

    def visit_math_block(self, node: Element) -> None:
        label = f"equation:{node['docname']}:{node['label']}" if node.get("label") else ""
        number = self.numbers.equation(node)
        tex = node.astext().strip()
        self._close_up()
        self.mark(node)
        if number:
            self.body.append(f"\\begin{{equation}}\\tag{{{number}}}\\label{{{label}}}")
            self.body.append(f"\n\\ebmfit{{{_aligned(tex)}}}\n\\end{{equation}}\n")
        else:
            self.body.append(f"\\begin{{equation*}}\n\\ebmfit{{{_aligned(tex)}}}")
            self.body.append("\n\\end{equation*}\n")
        raise nodes.SkipNode

    def _close_up(self) -> None:
        """No blank line before a display: it would part the paragraph."""
        while self.body and not self.body[-1].strip():
            self.body.pop()
        if self.body:
            self.body[-1] = self.body[-1].rstrip() + "\n"

    # Cells --------------------------------------------------------------------------------

    def visit_container(self, node: Element) -> None:
        cells.visit(self, node)
        if CARD_TITLE in node["classes"]:
            self.body.append("\n\n\\noindent\\textbf{")

    def depart_container(self, node: Element) -> None:
        if CARD_TITLE in node["classes"]:
            self.body.append("}\n\n")

    def visit_literal_block(self, node: Element) -> None:
        if node.rawsource != node.astext() or self.table or self.in_footnote:
            super().visit_literal_block(node)
            return
        cells.visit_code(self, node)

    # Figures ------------------------------------------------------------------------------

    def visit_figure(self, node: Element) -> None:
        number = self.numbers.figure(self.curfilestack[-1], "figure", node)
        self.mark(node)
        if number:
            self.body.append(f"\n\\ebmfigurenumber{{{number}}}")
        super().visit_figure(node)

    def visit_table(self, node: Element) -> None:
        if number := self.numbers.figure(self.curfilestack[-1], "table", node):
            self.body.append(f"\n\\ebmtablenumber{{{number}}}")
        super().visit_table(node)

    def visit_caption(self, node: Element) -> None:
        if isinstance(node.parent, captioned_literal_block):
            self._visit_listing(node.parent)
        elif not isinstance(node.parent, nodes.figure) or self.table:
            super().visit_caption(node)
        else:
            self.in_caption += 1
            short = self.encode(_short_name(self.curfilestack[-1], node.parent))
            self.body.append(f"\\caption[{{{short}}}]{{")

    def _visit_listing(self, node: Element) -> None:
        """The caption of code, over it: our own environment knows none."""
        self.in_caption += 1
        number = self.numbers.figure(self.curfilestack[-1], "code-block", node)
        named = self.encode(self.config.numfig_format["code-block"] % number) if number else ""
        self.body.append(f"\n{self.hypertarget_to(node)}\\ebmlisting{{{named}}}{{")

    # Asides -------------------------------------------------------------------------------

    def visit_sidebar(self, node: Element) -> None:
        title = node[0].astext().strip() if isinstance(node[0], nodes.title) else ""
        if isinstance(node[0], nodes.title) and not title:
            node.remove(node[0])
        self.body.append("\n\\begin{ebmaside}\n")
        self.no_latex_floats += 1

    def depart_sidebar(self, node: Element) -> None:
        self.body.append("\n\\end{ebmaside}\n")
        self.no_latex_floats -= 1

    def visit_inline(self, node: Element) -> None:
        if "run-seconds" in node["classes"]:
            raise nodes.SkipNode  # they differ from build to build
        super().visit_inline(node)


def _asked(node: nodes.Node) -> bool:
    """Whether this is what sphinx-exercise wraps the words of an exercise in: a section."""
    return isinstance(node, nodes.section) and isinstance(node.parent, EXERCISES)


def _before(node: Element) -> nodes.Node | None:
    """What stands before a node under the same parent and is seen."""
    silent = (nodes.target, nodes.comment, nodes.title, addnodes.index)
    place = node.parent.index(node)
    while place > 0:
        place -= 1
        if not isinstance(node.parent[place], silent):
            return node.parent[place]
    return None


def _aligned(tex: str) -> str:
    """A display of more than one line that brings no environment gets one."""
    bare = re.sub(r"\\begin\{(\w+\*?)\}.*?\\end\{\1\}", "", tex, flags=re.S)
    return f"\\begin{{aligned}}{tex}\\end{{aligned}}" if r"\\" in bare or "&" in bare else tex


def _short_name(docname: str, figure: Element) -> str:
    """Its name less the chapter's, for the list of figures; without one, how its caption begins."""
    names = [name.removeprefix("fig-") for name in figure["names"] if name.startswith("fig-")]
    if not names:
        caption = next(iter(figure.findall(nodes.caption)))
        return str(_STATEMENT.split(caption.astext())[0])
    chapter = PurePosixPath(docname).parent.name
    return str(names[0].removeprefix(f"{chapter}-").replace("-", " "))
