"""A small graph as SVG that follows the theme, lying on a wide page and standing on a phone."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from typing import NamedTuple

from _ext.lead.layout import Edges, Place

WIDE, TALL = 46, 24  # pixels of a node
STEP = (92, 40)  # from node to node, along and across, of a graph that lies
STAND = (52, 58)  # and of one that stands
EDGE = 4  # round the drawing


class Node(NamedTuple):
    """What stands in a node, its title, and where it leads; a quiet one is outside."""

    words: str
    title: str
    address: str
    quiet: bool = False


def svg(nodes: Mapping[str, Node], places: Mapping[str, Place], edges: Edges, words: str) -> str:
    """Both drawings, of which a page shows one.

    Args:
        nodes: by their names.
        places: of all of them, as `layout` gives them.
        edges: of a node, the nodes that it needs.
        words: what the graph shows, for those who do not see it.
    """
    return "".join(
        _drawing(nodes, _at(places, standing), edges, words, standing) for standing in (False, True)
    )


def _at(places: Mapping[str, Place], standing: bool) -> dict[str, Place]:
    """The nodes' middles in pixels."""
    along, across = STAND if standing else STEP
    flat = {
        name: (across_ * across, along_ * along) if standing else (along_ * along, across_ * across)
        for name, (along_, across_) in places.items()
    }
    left = min(x for x, _ in flat.values()) - WIDE / 2 - EDGE
    top = min(y for _, y in flat.values()) - TALL / 2 - EDGE
    return {name: (x - left, y - top) for name, (x, y) in flat.items()}


def _drawing(
    nodes: Mapping[str, Node], at: Mapping[str, Place], edges: Edges, words: str, standing: bool
) -> str:
    wide = max(x for x, _ in at.values()) + WIDE / 2 + EDGE
    tall = max(y for _, y in at.values()) + TALL / 2 + EDGE
    kind = "stands" if standing else "lies"
    lines = "".join(
        f'<path d="{_line(at[before], at[node], standing)}"/>'
        for node in at
        for before in sorted(edges.get(node, ()), key=list(at).index)
        if before in at
    )
    boxes = "".join(box(nodes[name], *place) for name, place in at.items())
    return (
        f'<svg class="graph graph-{kind}" xmlns="http://www.w3.org/2000/svg" role="group" '
        f'aria-label="{escape(words)}" width="{wide:g}" height="{tall:g}" '
        f'viewBox="0 0 {wide:g} {tall:g}"><g class="graph-lines">{lines}</g>{boxes}</svg>\n'
    )


def _line(start: Place, end: Place, standing: bool) -> str:
    """A curve from the end of one node to the head of another, and its arrow."""
    (x, y), (u, v) = start, end
    if standing:
        y, v = y + TALL / 2, v - TALL / 2
        middle = (y + v) / 2
        curve, arrow = (
            f"M{x:g} {y:g}C{x:g} {middle:g} {u:g} {middle:g} {u:g} {v:g}",
            "l-3 -5m3 5l3 -5",
        )
    else:
        x, u = x + WIDE / 2, u - WIDE / 2
        middle = (x + u) / 2
        curve, arrow = (
            f"M{x:g} {y:g}C{middle:g} {y:g} {middle:g} {v:g} {u:g} {v:g}",
            "l-5 -3m5 3l-5 3",
        )
    return curve + arrow


def box(node: Node, x: float, y: float, wide: float = WIDE) -> str:
    """A node about a place."""
    quiet = ' class="graph-quiet"' if node.quiet else ""
    left, top = x - wide / 2, y - TALL / 2
    label = escape(f"{node.words} {node.title}" if node.words != node.title else node.title)
    return (
        f'<a href="{escape(node.address)}" aria-label="{label}"{quiet}><title>{label}</title>'
        f'<rect x="{left:g}" y="{top:g}" width="{wide}" height="{TALL}" rx="{TALL / 2:g}"/>'
        f'<text x="{x:g}" y="{y:g}" dy=".35em">{escape(node.words)}</text></a>'
    )
