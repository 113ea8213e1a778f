"""The map of the book as SVG: a lane a chapter, which is a row, or on a phone a column."""

from __future__ import annotations

from html import escape
from typing import Any

from _ext.lead import chapters, mapped
from _ext.lead.graph import TALL, WIDE, Node, box

HEAD = 96  # pixels for a row's name
LYING, STANDING = (78, 62), (58, 66)  # from page to page, and from chapter to chapter


def drawing(builder: Any, here: str, standing: bool) -> str:
    """The map, lying for a wide page or standing for a phone."""
    env = builder.env
    step, lane = STANDING if standing else LYING
    at = {page: _middle(one, step, lane, standing) for page, one in mapped.placed(env).items()}
    if not at:
        return ""
    wide = max(x for x, _ in at.values()) + WIDE / 2 + 4
    tall = max(y for _, y in at.values()) + TALL / 2 + 4
    lines = "".join(f'<path d="{_line(at[a], at[b], standing)}"/>' for a, b in mapped.edges(env))
    boxes = "".join(box(_node(builder, here, page), *place) for page, place in at.items())
    heads = "".join(
        _head(builder, here, chapter, number, lane, standing)
        for number, chapter in enumerate(chapters.chapters(env))
    )
    kind = "stands" if standing else "lies"
    return (
        f'<svg class="graph graph-{kind}" xmlns="http://www.w3.org/2000/svg" role="group" '
        f'aria-label="{escape(mapped.said(env))}" width="{wide:g}" height="{tall:g}" '
        f'viewBox="0 0 {wide:g} {tall:g}"><g class="graph-lines">{lines}</g>{heads}{boxes}</svg>\n'
    )


def _middle(one: mapped.Placed, step: float, lane: float, standing: bool) -> tuple[float, float]:
    if standing:
        return (one.lane + 0.5) * lane, 48 + one.step * step
    return HEAD + WIDE / 2 + one.step * step, 34 + one.lane * lane


def _node(builder: Any, here: str, page: str) -> Node:
    env = builder.env
    address = builder.get_relative_uri(here, page)
    return Node(chapters.number(env, page), chapters.title(env, page), address)


def _head(builder: Any, here: str, chapter: str, number: int, lane: float, standing: bool) -> str:
    x, y = ((number + 0.5) * lane, 14) if standing else (HEAD - 14, 34 + number * lane)
    address = escape(builder.get_relative_uri(here, chapter))
    words = escape(chapters.name(builder.env, chapter))
    return (
        f'<a href="{address}" class="graph-head"><text x="{x:g}" y="{y:g}" dy=".35em">{words}'
        "</text></a>"
    )


def _line(start: tuple[float, float], end: tuple[float, float], standing: bool) -> str:
    """The curve from one page to another that needs it."""
    if standing:  # the same with the axes changed
        points = _curve(start[::-1], end[::-1], TALL / 2, WIDE / 2, STANDING)
        points = [(y, x) for x, y in points]
    else:
        points = _curve(start, end, WIDE / 2, TALL / 2, LYING)
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
