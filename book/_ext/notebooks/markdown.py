"""A page's document as Markdown that any notebook reader shows."""

from __future__ import annotations

import posixpath
import re
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.util.math import get_node_equation_number
from sphinx_markdown_builder.contexts import (
    IndentContext,
    SubContextParams,
    TableContext,
    WrappedContext,
)
from sphinx_markdown_builder.translator import MarkdownTranslator

from _ext.figures.picture import Picture, PictureLinks
from _ext.katex import state
from _ext.notebooks.png import FOLDER, png
from _ext.notebooks.tex import standalone

CELL = re.compile(r"^@@cell (\d+)@@$", re.M)
SITE_ONLY = "ebm_site_only"  # an attribute: what stands in {only} html makes sense on a page alone


class Table(TableContext):  # type: ignore[misc]
    """A table whose cells say what the page says: the builder's own would write 0.50 as 0.5."""

    def make(self) -> str:
        head, *body = (" | ".join(self.make_row(row)) for row in [*self.headers, *self.body])
        columns = len([*self.headers, *self.body][0])
        return "\n".join(f"| {row} |" for row in [head, " | ".join(["---"] * columns), *body])


class PageTranslator(MarkdownTranslator):  # type: ignore[misc]
    """sphinx-markdown-builder's translator, with this book's nodes.

    A code cell leaves the mark `@@cell N@@`, at which `parts` cuts the text.
    """

    def __init__(self, document: nodes.document, builder: Any) -> None:
        super().__init__(document, builder)
        self.attachments: dict[str, bytes] = {}

    def parts(self) -> list[str | int]:
        """Pieces of Markdown, and the indices of the cells that stand between them."""
        pieces = CELL.split(self.astext())
        found: list[str | int] = []
        for number, piece in enumerate(pieces):
            if number % 2:
                found.append(int(piece))
            elif piece.strip():
                found.append(re.sub(r"\n{3,}", "\n\n", piece.strip()))
        return found

    def dispatch_visit(self, node: nodes.Node) -> None:
        if isinstance(node, nodes.Element) and node.get(SITE_ONLY):
            raise nodes.SkipNode
        super().dispatch_visit(node)

    # Cells ------------------------------------------------------------------------------------

    def visit_container(self, node: nodes.container) -> None:
        if node.get("nb_element") == "cell_code":
            self.add(f"@@cell {node['cell_index']}@@", prefix_eol=2, suffix_eol=2)
            raise nodes.SkipNode

    # Maths ------------------------------------------------------------------------------------

    def visit_math(self, node: nodes.Element) -> None:
        self.add(f"${self._tex(node)}$")
        raise nodes.SkipNode

    def visit_math_block(self, node: nodes.math_block) -> None:
        number = get_node_equation_number(self, node) if node.get("number") else ""
        tag = rf" \tag{{{number}}}" if number else ""
        # On one line: within a quotation Jupyter would take its marks for maths.
        self.add(f"$${self._tex(node)}{tag}$$", prefix_eol=2, suffix_eol=2)
        raise nodes.SkipNode

    def _tex(self, node: nodes.Element) -> str:
        tex = " ".join(state.source(node).split())
        return standalone(tex, state.stylesheet(self.builder.app))

    # Links ------------------------------------------------------------------------------------

    def visit_reference(self, node: nodes.Element) -> None:
        address = node.get("refuri", "")
        if not address and node.get("refid"):
            address = f"#{node['refid']}"
        if not re.match(r"[a-z]+:", address):
            address = self._on_the_site(address)
        self._push_context(WrappedContext("[", f"]({address})"))

    def depart_reference(self, node: nodes.Element) -> None:
        self._pop_context()

    def _on_the_site(self, address: str) -> str:
        here = self.builder.get_target_uri(self.builder.current_docname)
        path, _, anchor = address.partition("#")
        path = posixpath.normpath(posixpath.join(posixpath.dirname(here), path)) if path else here
        site = self.config.ebm_site.rstrip("/")
        return f"{site}/{path}" + (f"#{anchor}" if anchor else "")

    def visit_target(self, node: nodes.Element) -> None:
        """Anchors are of no use within a notebook: its links lead to the site."""

    # Figures ----------------------------------------------------------------------------------

    def visit_figure(self, node: nodes.figure) -> None:
        self.ensure_eol(2)

    def visit_caption(self, node: nodes.caption) -> None:
        number = self._number(node.parent, "figure")
        words = f"**Fig. {number}.** " if number else ""
        self.add(words, prefix_eol=2)

    def depart_caption(self, node: nodes.caption) -> None:
        self.ensure_eol(2)

    def visit_legend(self, node: nodes.legend) -> None:
        self.ensure_eol(2)

    def _number(self, node: nodes.Element, kind: str) -> str:
        page = self.builder.env.toc_fignumbers.get(self.builder.current_docname, {})
        numbers, ids = page.get(kind, {}), list[str](node.get("ids", []))
        found = (numbers[one] for one in ids if one in numbers)
        return ".".join(map(str, next(found, ())))

    def visit_Picture(self, node: Picture) -> None:
        if not node.get("cell"):  # a diagram; a computed figure stands in its cell's output
            name, alt = node["name"], node["facts"]["alt"]
            folder = Path(self.builder.app.srcdir, FOLDER)
            self.attachments[f"{name}.png"] = png(folder, node["svg"])
            self.add(f"![{alt}](attachment:{name}.png)", prefix_eol=2, suffix_eol=2)
        raise nodes.SkipNode

    def visit_PictureLinks(self, node: PictureLinks) -> None:
        raise nodes.SkipNode

    # Boxes ------------------------------------------------------------------------------------

    def _push_box(self, title: str) -> None:
        """A note is quoted, so that one sees where it ends; its title is a child of it by now."""
        self._push_context(IndentContext("> ", empty=True, params=SubContextParams(2, 2)))

    def visit_table(self, node: nodes.table) -> None:
        self._push_context(Table(params=SubContextParams(2, 2)))

    def depart_table(self, node: nodes.table) -> None:
        self._pop_context()

    def visit_admonition(self, node: nodes.Element) -> None:
        self._push_box("")

    def depart_admonition(self, node: nodes.Element) -> None:
        self._pop_context()

    def visit_exercise_node(self, node: nodes.Element) -> None:
        self.ensure_eol(2)  # cells stand in it, so that it cannot be quoted

    visit_exercise_enumerable_node = visit_solution_node = visit_exercise_node
    depart_exercise_node = depart_exercise_enumerable_node = visit_exercise_node
    depart_solution_node = visit_exercise_node

    def visit_sidebar(self, node: nodes.sidebar) -> None:
        """A margin note."""
        self._push_context(IndentContext("> ", empty=True, params=SubContextParams(2, 2)))

    def depart_sidebar(self, node: nodes.sidebar) -> None:
        self._pop_context()

    def visit_title(self, node: nodes.title) -> None:
        if isinstance(node.parent, nodes.section):
            super().visit_title(node)
        else:  # of a box
            self._push_context(WrappedContext("**", "**", params=SubContextParams(2, 2)))
            if "%s" in node.get("title", ""):  # "Exercise %s": the HTML writer would number it
                self.add(node["title"] % self._number(node.parent, "exercise"))

    visit_exercise_title = visit_solution_title = visit_title

    def depart_title(self, node: nodes.title) -> None:
        self._pop_context()

    depart_exercise_title = depart_solution_title = depart_title

    def visit_compact_paragraph(self, node: nodes.Element) -> None:
        raise nodes.SkipNode  # the list of the chapter's pages, which the site has

    def depart_compact_paragraph(self, node: nodes.Element) -> None:
        """Never reached."""

    def visit_raw(self, node: nodes.raw) -> None:
        raise nodes.SkipNode

    def unknown_visit(self, node: nodes.Node) -> None:
        """Nodes that only dress their children; what is in them is read."""

    def unknown_departure(self, node: nodes.Node) -> None:
        """See `unknown_visit`."""
