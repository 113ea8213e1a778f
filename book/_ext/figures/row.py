"""The closed row under a caption: the cell that drew the figure, its tables, and their source.

On the site alone: a notebook and the printed book keep the cell where it stands.
"""

from __future__ import annotations

from html import escape
from typing import Any

from docutils import nodes
from myst_nb.sphinx_ import HideCodeCellNode
from sphinx.application import Sphinx
from sphinx.builders.html import StandaloneHTMLBuilder

from _ext.figures import data, svg
from _ext.figures.picture import Picture, links, nothing, skip

CODE, DATA = "Code and data", "Data and source"
MEASURE = 406.0  # points: 36 rem of text at 1.42 px a point
ELSEWHERE = "ebm_elsewhere"


class PictureLinks(nodes.General, nodes.Element):
    """What stands under a figure, made when the page is written: it knows the commit.

    It holds what editions say where a figure cannot be moved, and the search finds it by that.
    """

    cell: nodes.container | None = None  # which is written here


def take_cells(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Let each folded cell that does nothing but draw stand in the row of its first figure.

    The row comes after its figure, and the cell is written there; in the tree, from which the
    notebook is made, it stays where it is.
    """
    if not isinstance(app.builder, StandaloneHTMLBuilder):
        return
    folded = {
        cell["cell_index"]: cell
        for cell in doctree.findall(nodes.container)
        if cell.get("nb_element") == "cell_code" and _only_folded(cell)
    }
    for row in list(doctree.findall(PictureLinks)):
        figure = row.parent
        if _is_broad(_picture(row)):
            figure["classes"].append("broad")
        cell = folded.pop(_picture(row).get("index"), None)
        figure.remove(row)
        figure.parent.insert(figure.parent.index(figure) + 1, row)
        if cell is not None:
            cell[ELSEWHERE] = True
            row.cell = cell


def _only_folded(cell: nodes.container) -> bool:
    """Whether nothing of a cell is in view but the line that unfolds it."""
    return len(cell) == 1 and isinstance(cell[0], HideCodeCellNode)


def _picture(row: PictureLinks) -> Picture:
    """The picture in the figure around, or before."""
    around = isinstance(row.parent, nodes.figure)
    figure = row.parent if around else row.parent[row.parent.index(row) - 1]
    return next(figure.findall(Picture))


def _is_broad(picture: Picture) -> bool:
    """Whether a figure needs more than the measure of the text: three panels beside each other."""
    if "live" in picture["facts"]:
        return len(picture["facts"]["live"]["sheets"]) > 2
    return "film" not in picture["facts"] and svg.size(picture["svg"])[0] > MEASURE


def visit(self: Any, node: PictureLinks) -> None:
    """The closed row; of a diagram, which no cell drew, the link to its source alone."""
    picture = _picture(node)
    found = links(self.builder, self.builder.current_docname, picture)
    made = " ".join(
        f'<a href="{escape(href)}"{" download" if data.FOLDER in href else ""}>{escape(text)}</a>'
        for href, text in found
    )
    line = f'<div class="ebm-links">{made}</div>\n' if made else ""
    if "tex" in picture or not (line or node.cell):
        self.body.append(line)
        raise nodes.SkipNode
    words = CODE if node.cell else DATA
    self.body.append(f'<details class="ebm-more"><summary>{words}</summary>\n')
    if node.cell:
        self.body.append(self.starttag(node.cell, "div", CLASS="cell"))
        for child in node.cell[0].children:
            child.walkabout(self)
        self.body.append("</div>\n")
    self.body.append(f"{line}</details>\n")
    raise nodes.SkipNode


def visit_latex(self: Any, node: PictureLinks) -> None:
    """On paper the page's code leads to the figure that moves."""
    if node.children:
        self.body.append(f"\n\\ebmmoves{{{self.encode(node.astext())}}}\n")
    raise nodes.SkipNode


def _visit_container(self: Any, node: nodes.container) -> None:
    if node.get(ELSEWHERE):
        raise nodes.SkipNode
    type(self).visit_container(self, node)


def _depart_container(self: Any, node: nodes.container) -> None:
    type(self).depart_container(self, node)


def setup(app: Sphinx) -> None:
    quiet: dict[str, Any] = dict.fromkeys(("text", "man", "texinfo"), (skip, nothing))
    shown: dict[str, Any] = {"html": (visit, nothing), "latex": (visit_latex, nothing)}
    app.add_node(PictureLinks, **shown, **quiet)
    app.add_node(nodes.container, override=True, html=(_visit_container, _depart_container))
    app.connect("doctree-resolved", take_cells)
