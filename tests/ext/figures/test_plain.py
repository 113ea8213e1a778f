"""A line through fewer points passes all that it leaves out."""

from __future__ import annotations

import math
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from _ext.figures.places import Place
from _ext.figures.plain import fewer, plain

SEEN = 6.0  # hundredths of a point: a tenth of a pixel
coordinate = st.integers(-20_000, 20_000)
step = st.integers(-40, 40)
roads = st.lists(st.tuples(step, step), min_size=1, max_size=80)


def off(place: Place, start: Place, end: Place) -> float:
    """How far a place is from the straight line between two others."""
    across, down = end[0] - start[0], end[1] - start[1]
    x, y = place[0] - start[0], place[1] - start[1]
    share = (x * across + y * down) / max(across**2 + down**2, 1)
    share = min(max(share, 0.0), 1.0)
    return math.hypot(x - share * across, y - share * down)


@given(coordinate, coordinate, roads)
def test_what_is_left_out_is_on_the_line(x: int, y: int, road: list[tuple[int, int]]) -> None:
    places = [(x, y)]
    for across, down in road:
        places.append((places[-1][0] + across, places[-1][1] + down))
    kept = fewer(places)
    assert (kept[0], kept[-1]) == (places[0], places[-1])
    at = 0
    for start, end in pairwise(kept):
        stop = places.index(end, at + 1)
        between = places[at + 1 : stop]
        at = stop
        assert all(off(place, start, end) <= SEEN for place in between)


def test_a_smooth_curve_needs_few_points() -> None:
    points = [(k / 2, 40 + 30 * math.sin(k / 40)) for k in range(500)]
    path = "M" + "L".join(f"{x:.2f} {y:.2f}" for x, y in points)
    made = plain(path)
    assert made.count("L") < 120
    assert made.startswith("M0 40L")


def test_what_is_short_or_bent_otherwise_is_left_alone() -> None:
    for path in ("M0 0L1 1L2 2", "M0 0" + "Q1 1 2 2" * 30):
        assert plain(path) == path
