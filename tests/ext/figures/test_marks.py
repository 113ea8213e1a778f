"""Marks of a cloud in another order: the same marks, each where it was."""

from __future__ import annotations

import random
from itertools import pairwise

from _ext.figures.marks import FEW, ordered
from _ext.figures.paths import parts

SEEN = 14  # hundredths of a point, both ways together: a quarter of a pixel


def cloud(strokes: list[str], count: int = 60) -> str:
    """Marks at random places; {} is written as a place's sum with the pair that follows."""
    rng = random.Random(0)
    out = []
    for _ in range(count):
        x, y = rng.uniform(20, 300), rng.uniform(20, 200)
        for stroke in strokes:
            pairs = [tuple(map(float, pair.split(","))) for pair in stroke.rstrip("z").split()]
            lines = "L".join(f"{x + a:.2f} {y + b:.2f}" for a, b in pairs)
            out.append(f"M{lines}{'z' if stroke.endswith('z') else ''}")
    return "".join(out)


def places(path: str) -> list[list[tuple[int, int]]]:
    strokes: list[list[tuple[int, int]]] = []
    for letter, pairs in parts(path):
        if letter == "M":
            strokes.append([])
        strokes[-1] += pairs
    return strokes


def near(path: str, other: str) -> bool:
    """Whether each mark of a path is one of the other, so near that nobody sees it."""
    rest = places(other)
    for stroke in places(path):
        far = [
            max(abs(x - a) + abs(y - b) for (x, y), (a, b) in zip(stroke, one, strict=True))
            for one in rest
            if len(one) == len(stroke)
        ]
        if min(far) > SEEN:
            return False
    return len(rest) == len(places(path))


def test_every_shape_keeps_its_marks() -> None:
    for strokes in (["0,0 0,0"], ["-1,-1 1,1", "-1,1 1,-1"], ["-1,-1 1,-1 1,1 -1,1z"]):
        path = cloud(strokes)
        made = ordered(path)
        assert made != path
        assert near(path, made)
        assert near(made, path)
        assert made.count("z") == path.count("z")


def test_the_way_from_mark_to_mark_is_shorter() -> None:
    def way(path: str) -> float:
        spots = [stroke[0] for stroke in places(path)]
        return sum(abs(a - c) + abs(b - d) for (a, b), (c, d) in pairwise(spots))

    path = cloud(["0,0 0,0"], 200)
    assert way(ordered(path)) < way(path) / 4


def test_what_is_no_cloud_of_equal_marks_is_left_alone() -> None:
    few = cloud(["0,0 0,0"], FEW - 1)
    unlike = cloud(["0,0 0,0"]) + "M1 1L5 5"
    curved = cloud(["0,0 0,0"]) + "M1 1Q5 5 6 6"
    for path in (few, unlike, curved, "M0 0" + "L5 5" * 90):
        assert ordered(path) == path
