"""Clouds of equal marks: one path, in which the order of the marks shows nothing.

A path is painted as one shape, whichever of its marks comes first. From neighbour to neighbour the
steps are short, which is most of a cloud's weight.
"""

from __future__ import annotations

import re
from itertools import accumulate, chain, pairwise

from _ext.figures.places import Place, places

FEW = 20
FINE = 10  # hundredths of a point to which a mark's place is kept
_MARK = re.compile(r"M[^M]+")
_LINES = re.compile(r"M-?[\d.]+ -?[\d.]+(?:L-?[\d.]+ -?[\d.]+)+z?", re.I)


def ordered(path: str) -> str:
    """The marks of a path from neighbour to neighbour, if it is nothing but equal marks."""
    strokes = _MARK.findall(path)
    if len(strokes) < FEW or "".join(strokes) != path or not all(map(_LINES.fullmatch, strokes)):
        return path
    corners = [places(stroke) for stroke in strokes]
    closed = {stroke[-1] in "zZ" for stroke in strokes}
    for count in (1, 2):  # a cross has two strokes
        marks = [[*chain(*corners[k : k + count])] for k in range(0, len(corners), count)]
        if len(closed) == 1 and _equal(marks):
            cuts = [len(one) for one in corners[:count]]
            return _written(marks, cuts, "z" if closed.pop() else "")
    return path


def _shape(mark: list[Place]) -> list[Place]:
    return [(x - mark[0][0], y - mark[0][1]) for x, y in mark]


def _equal(marks: list[list[Place]]) -> bool:
    """Whether all have the first one's shape, but for the rounding of places."""
    first = _shape(marks[0])
    return all(
        len(mark) == len(first)
        and all(
            abs(x - a) <= 2 and abs(y - b) <= 2
            for (x, y), (a, b) in zip(_shape(mark), first, strict=True)
        )
        for mark in marks
    )


def _written(marks: list[list[Place]], cuts: list[int], end: str) -> str:
    """The path of all marks in the first one's shape."""
    shape, out = _shape(marks[0]), []
    for x, y in _way([(_fine(one[0][0]), _fine(one[0][1])) for one in marks]):
        texts = [f"{(x + a) / 100:.8g} {(y + b) / 100:.8g}" for a, b in shape]
        for start, stop in pairwise([0, *accumulate(cuts)]):
            out.append("M" + "L".join(texts[start:stop]) + end)
    return "".join(out)


def _fine(value: int) -> int:
    return round(value / FINE) * FINE


def _way(marks: list[Place]) -> list[Place]:
    """To and fro in strips, about as wide as the next mark is far."""
    wide, tall = (max(side) - min(side) + 1 for side in zip(*marks, strict=True))
    strip = max(1, round((2 * wide * tall / len(marks)) ** 0.5))

    def key(place: Place) -> tuple[int, int]:
        row = place[1] // strip
        return row, place[0] if row % 2 else -place[0]

    return sorted(marks, key=key)
