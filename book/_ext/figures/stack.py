"""Panels that stand beside each other on a desk, below each other on a phone: one drawing for both.

Each panel is a group of the drawing; on a narrow page CSS moves the groups, all at one scale, into
a box with fewer columns. What a panel borrowed from its neighbour is drawn for narrow pages alone.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

PHONE, SMALL = 318.0, 254.0
"""Points that pages 390 and 320 px wide have room for at 1.1 px a point: 10 pt are 11 px."""
BESIDE, BELOW, EDGE = 10.0, 14.0, 2.0
"""Points between panels beside and below each other, and round all of them."""


_GROUP = re.compile(r"<g\b[^>]*?(/?)>|</g>")


@dataclass(frozen=True)
class Stack:
    """Panels in a narrow box: its size in points, and how far each panel moves."""

    width: float
    height: float
    moves: tuple[tuple[float, float], ...]


def stacks(panels: Mapping[str, Any], width: float) -> list[Stack]:
    """The panels on a phone, where they have no room as drawn, and the same on a small phone.

    Args:
        panels: what `ebmlib.plot.canvas.panels` says of the figure.
        width: the drawing's width in points.
    """
    if not panels or width <= SMALL:
        return []
    small = arrange(panels, SMALL)
    return [arrange(panels, PHONE), small] if width > PHONE else [small]


def arrange(panels: Mapping[str, Any], room: float) -> Stack:
    """The panels in as many columns as there is room for, without a hole at the end of a row."""
    each, columns = panels["each"], panels["columns"]
    order = ("row", "column") if panels["stack"] == "rows" else ("column", "row")
    shown = [k for k, one in enumerate(each) if not one["empty"]]
    shown.sort(key=lambda k: [each[k][key] for key in order])
    for count in range(columns, 0, -1):
        if len(shown) % count == 0 or count == columns:
            made = _grid(each, [shown[k : k + count] for k in range(0, len(shown), count)])
            if made.width <= room or count == 1:
                return made
    raise ValueError("a figure has at least one column of panels.")


def _grid(each: Sequence[Mapping[str, Any]], rows: Sequence[Sequence[int]]) -> Stack:
    """Frames in line with each other: on the left in a column, at the foot in a row."""
    columns = [[row[c] for row in rows if c < len(row)] for c in range(len(rows[0]))]
    moves = [[0.0, 0.0] for _ in each]
    right = _along(each, columns, moves, 0, BESIDE)
    low = _along(each, rows, moves, 1, BELOW)
    return Stack(right, low, tuple((x, y) for x, y in moves))


def _along(
    each: Sequence[Mapping[str, Any]],
    lines: Sequence[Sequence[int]],
    moves: list[list[float]],
    axis: int,
    gap: float,
) -> float:
    """Set the panels' moves along one axis, line after line, and return where the last one ends."""
    end, side = EDGE, 0 if axis == 0 else 3  # the left sides of frames, or their feet
    for line in lines:
        before = max(each[k]["frame"][side] - each[k]["box"][axis] for k in line)
        after = max(each[k]["box"][axis + 2] - each[k]["frame"][side] for k in line)
        for k in line:
            moves[k][axis] = round(end + before - each[k]["frame"][side], 1)
        end += before + after + gap
    return round(end - gap + EDGE, 1)


def stacked(
    drawing: str, name: str, panels: Mapping[str, Any], size: tuple[float, float]
) -> tuple[str, str]:
    """The inlined drawing with panels that can move, and the attributes of the box around it.

    Args:
        drawing: one ``<svg>`` element.
        name: the figure's name, which its ids begin with.
        panels: what `ebmlib.plot.canvas.panels` says of the figure.
        size: the drawing's width and height in points.
    """
    found = stacks(panels, size[0])
    if not found:
        return drawing, 'class="ebm-picture"'
    pieces, at = [], 0
    for number, one in enumerate(panels["each"]):
        if one["empty"]:
            continue
        start, end = _span(drawing, name, number, at)
        steps = [stack.moves[number] for stack in found]
        pieces += [drawing[at:start], _moving(drawing[start:end], name, one["borrows"], steps)]
        at = end
    boxes = [(stack.width, stack.height) for stack in found]
    phone, small = [size, *boxes] if len(boxes) == 1 else boxes
    sizes = f"--pw:{phone[0]:g};--ph:{phone[1]:g};--sw:{small[0]:g};--sh:{small[1]:g}"
    made = "".join([*pieces, drawing[at:]])
    return made, f'class="ebm-picture ebm-stack" style="{sizes}"'


def _span(drawing: str, name: str, number: int, at: int) -> tuple[int, int]:
    """Where a panel begins, looked for from `at`, and where it ends."""
    own = drawing.index(f'<g id="{name}.axes_{number + 1}">', at)
    # What is seen in space has its axes before its group.
    space = re.compile(rf'<g id="{re.escape(name)}\.(?:pane|axis|grid)3d_')
    found = space.search(drawing, at, own)
    return found.start() if found else own, _closed(drawing, own)


def _moving(
    panel: str,
    name: str,
    loans: Sequence[tuple[str, float, float]],
    steps: Sequence[tuple[float, float]],
) -> str:
    """One panel as a group that can move, with what it borrowed at its end."""
    keys = "ps" if len(steps) == 2 else "s"
    moves = ";".join(
        f"--{key}x:{x:g}px;--{key}y:{y:g}px" for key, (x, y) in zip(keys, steps, strict=True)
    )
    uses = "".join(
        f'<use xlink:href="#{name}.{element}" x="{x:g}" y="{y:g}"/>' for element, x, y in loans
    )
    lent = f'<g class="ebm-lent ebm-lent-{keys[0]}">{uses}</g>' if uses else ""
    return f'<g class="ebm-panel" style="{moves}">{panel}{lent}</g>'


def _closed(drawing: str, start: int) -> int:
    """Where the group that opens at `start` ends."""
    depth = 0
    for found in _GROUP.finditer(drawing, start):
        depth += -1 if found[0] == "</g>" else not found[1]
        if depth == 0:
            return found.end()
    raise ValueError("a group of the drawing is never closed.")
