"""Bring together the figures that cells showed and the places that the page made for them."""

from __future__ import annotations

import linecache
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util import logging

from _ext.figures.collect import Shown, shown_in, strangers_in
from _ext.figures.picture import Picture
from _ext.figures.row import PictureLinks
from _ext.live import tries
from _ext.live.faults import faults
from _ext.live.html import formulas

LOG = logging.getLogger(__name__)
MOVE = "Move it in the book."  # what editions say in which nothing moves


def resolve(app: Sphinx, document: nodes.document) -> None:
    """Fill every place with its figure; whatever is left over on either side is a warning."""
    docname = app.env.docname
    shown = _by_name(document, docname)
    for place in list(document.findall(Picture)):
        if place.get("svg"):
            continue  # a diagram brings its own
        figure = shown.pop(place["name"], None)
        if figure is None:
            _warn(f"no cell of this page shows the figure {place['name']!r}", place)
            place.parent.parent.remove(place.parent)
            continue
        if not figure.facts().get("alt", "").strip():
            _warn(f"the figure {figure.name!r} has no alternative text", (docname, figure.line))
        place.update_all_atts(_filled(figure, str(app.env.doc2path(docname))), replace=True)
        # As nodes, so that they are typeset and told of with the page's other formulas.
        for tex in dict.fromkeys(formulas(place["facts"].get("live"))):
            place += nodes.math(tex, tex)
        if "live" in place["facts"]:
            place["classes"].append("live-labels")  # the search reads the caption alone
            for words in faults(place["facts"]["live"]):
                _warn(f"figure {place['name']!r}: {words}", place)
            links: nodes.Element = next(place.parent.findall(PictureLinks))
            links += nodes.inline(MOVE, MOVE)
    moving = (one for one in document.findall(Picture) if "live" in one.get("facts", {}))
    tries.check(document, {one["name"]: one["facts"]["live"] for one in moving})
    for name, figure in shown.items():
        text = f"the figure {name!r} is shown, but no {{computed}} {name} gives it a caption"
        _warn(text, (docname, figure.line))
    for line in strangers_in(document).values():
        _warn("a picture without a name and words: use ebmlib.plot.show", (docname, line))
    for image in document.findall(nodes.image):
        if not image.get("alt", "").strip() and "nb_element" not in image:
            _warn(f"the image {image.get('uri', '')!r} has no alternative text", _placed(image))
    _drop_empty_outputs(document)


def _by_name(document: nodes.document, docname: str) -> dict[str, Shown]:
    found: dict[str, Shown] = {}
    for figure in shown_in(document).values():
        if figure.name in found:
            _warn(f"the figure {figure.name!r} is shown twice", (docname, figure.line))
        found[figure.name] = figure
    return found


def _filled(figure: Shown, page: str) -> dict[str, Any]:
    return {
        "svg": figure.mimes["image/svg+xml"],
        "pdf": figure.mimes["application/pdf"],
        "facts": figure.facts(),
        "cell": _cell_lines(page, figure.line),
        "index": figure.cell,
    }


def _cell_lines(page: str, line: int) -> tuple[int, int]:
    """The lines of the cell that begins near this line of the page, without its fences."""
    lines = linecache.getlines(page)
    linecache.clearcache()  # the page may change within one serving process
    start = next((i for i in range(line, 0, -1) if _fence(lines, i)), line)
    end = next((i for i in range(start + 1, len(lines) + 1) if _fence(lines, i)), start + 1)
    return start + 1, max(end - 1, start + 1)


def _fence(lines: list[str], number: int) -> bool:
    return number <= len(lines) and lines[number - 1].lstrip().startswith("```")


def _placed(node: nodes.Node) -> nodes.Node:
    """The nearest element around that knows its line."""
    while not node.line and node.parent is not None:
        node = node.parent
    return node


def _drop_empty_outputs(document: nodes.document) -> None:
    for container in list(document.findall(nodes.container)):
        if container.get("nb_element") == "cell_code_output" and not container.children:
            container.parent.remove(container)


def _warn(text: str, location: Any) -> None:
    LOG.warning(text, location=location, type="figures")
