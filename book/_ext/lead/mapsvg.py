"""The map of the book as SVG: a row a chapter, wide or narrow enough for a phone.

A page's arrows are drawn twice: behind all boxes, and with the page's own box, where they are seen
while a reader points at it.
"""

from __future__ import annotations

from html import escape
from math import ceil
from typing import Any

from _ext.lead import chapters, mapped
from _ext.lead.graph import TALL, WIDE, Node, box

LYING, STANDING = (78, 62), (50, 74)  # from page to page, and from chapter to chapter
LETTER = 6.6  # pixels of a chapter's name, at most and on average, in the size of `lead.css`
NARROW = 36  # a box on a phone


def drawing(builder: Any, here: str, standing: bool) -> str:
    """The map: a row a chapter, its name before it, or on a phone above it."""
    env = builder.env
    steps, width = (STANDING, NARROW) if standing else (LYING, WIDE)
    names = [chapters.name(env, one) for one in chapters.chapters(env)]
    head = ceil(max((len(name) for name in names), default=0) * LETTER)
    left, top = (4, 54) if standing else (head + 18, 34)
    at = {
        page: (left + width / 2 + one.step * steps[0], top + one.lane * steps[1])
        for page, one in mapped.placed(env).items()
    }
    if not at:
        return ""
    wide = max(head + 8, *(x + width / 2 + 4 for x, _ in at.values()))
    tall = max(y for _, y in at.values()) + TALL / 2 + 4
    arrows: dict[str, list[str]] = {}
    for before, page in mapped.edges(env):
        line = _line(at[before], at[page], width, steps)
        arrows.setdefault(page, []).append(f'<path d="{line}"/>')
    lines = "".join(line for some in arrows.values() for line in some)
    boxes = "".join(
        f'<g class="graph-page">{"".join(arrows.get(page, []))}'
        f"{box(_node(builder, here, page), *place, width)}</g>"
        for page, place in at.items()
    )
    heads = "".join(
        _head(builder, here, chapter, 4 if standing else head + 4, y - 42 if standing else y)
        for number, chapter in enumerate(chapters.chapters(env))
        for y in [top + number * steps[1]]
    )
    kind = "stands" if standing else "lies"
    return (
        f'<svg class="graph graph-{kind}" xmlns="http://www.w3.org/2000/svg" role="group" '
        f'aria-label="{escape(mapped.said(env))}" width="{wide:g}" height="{tall:g}" '
        f'viewBox="0 0 {wide:g} {tall:g}"><g class="graph-lines">{lines}</g>{heads}{boxes}</svg>\n'
    )


def _node(builder: Any, here: str, page: str) -> Node:
    env = builder.env
    address = builder.get_relative_uri(here, page)
    return Node(chapters.number(env, page), chapters.title(env, page), address)


def _head(builder: Any, here: str, chapter: str, x: float, y: float) -> str:
    address = escape(builder.get_relative_uri(here, chapter))
    words = escape(chapters.name(builder.env, chapter))
    return (
        f'<a href="{address}" class="graph-head"><text x="{x:g}" y="{y:g}" dy=".35em">{words}'
        "</text></a>"
    )


def _line(
    start: tuple[float, float], end: tuple[float, float], width: float, steps: tuple[float, float]
) -> str:
    """The curve from one page to another that needs it."""
    points = _curve(start, end, width / 2, TALL / 2, steps)
    first, *rest = (f"{x:g} {y:g}" for x, y in points)
    return f"M{first}C{' '.join(rest)}{_arrow(points[2], points[3])}"


def _arrow(before: tuple[float, float], end: tuple[float, float]) -> str:
    """The head of an arrow that arrives along one axis."""
    (x, y), (u, v) = before, end
    if abs(u - x) > abs(v - y):
        return "l-5 -3m5 3l-5 3"
    return "l-3 -5m3 5l3 -5" if v > y else "l-3 5m3 -5l3 5"


def _curve(
    start: tuple[float, float],
    end: tuple[float, float],
    along: float,
    across: float,
    steps: tuple[float, float],
) -> list[tuple[float, float]]:
    """Its four points: straight to the next page of a lane, round those between, or across lanes.

    `along` and `across` are halves of a node, `steps` from page to page and from lane to lane.
    """
    (x, y), (u, v) = start, end
    if y == v and 0 < u - x <= steps[0]:
        return [(x + along, y), (x + along, y), (x + along, v), (u - along, v)]
    if y == v:
        lift = across + min(steps[1] / 2 - across - 2, 6 + 2 * abs(u - x) / steps[0])
        return [(x, y - across), (x, y - across - lift), (u, v - across - lift), (u, v - across)]
    side = across if v > y else -across
    return [(x, y + side), (x, (y + v) / 2), (u, (y + v) / 2), (u, v - side)]
