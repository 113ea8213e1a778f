"""A path of steps goes through the same places, to the last hundredth."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from _ext.figures.paths import shortened, steps

Place = tuple[str, int, int]
coordinate = st.integers(-99_999, 99_999)
lines = st.lists(st.tuples(st.sampled_from("MLLLLz"), coordinate, coordinate), min_size=1)


def written(places: list[Place]) -> str:
    """As Matplotlib writes: absolute places, no more decimals than are needed."""
    parts = [("M", 0, 0), *places]
    return "".join(
        "z" if letter == "z" else f"{letter}{x / 100:.2f} {y / 100:.2f}".replace(".00", "")
        for letter, x, y in parts
    )


def places(path: str) -> list[Place]:
    """Where a path goes, in hundredths."""
    found: list[Place] = []
    here = start = (0, 0)
    for letter, numbers in re.findall(r"([MmLlz])([^MmLlz]*)", path):
        values = [round(float(n) * 100) for n in re.findall(r"-?(?:\d+\.?\d*|\.\d+)", numbers)]
        if letter == "z":
            here = start
            found.append(("z", *here))
        for x, y in zip(values[::2], values[1::2], strict=True):
            here = (here[0] + x, here[1] + y) if letter in "ml" else (x, y)
            start = here if letter in "Mm" else start
            found.append(("M" if letter in "Mm" else "L", *here))
    return found


@given(lines)
def test_the_places_are_the_same(given_lines: list[Place]) -> None:
    path = written(given_lines)
    assert places(steps(path)) == places(path)
    assert len(steps(path)) <= len(path)


@pytest.mark.parametrize(
    "path", ["M0 0C1 2 3 4 5 6", "M0.123 4L5 6", "m1 1l2 2", "M0 0h9v9H0z", "M0 0 1 1e-3L2 2"]
)
def test_what_is_no_plain_line_is_left_alone(path: str) -> None:
    long = path + "L1000.25 1000.25" * 9  # the short ones are left alone in any case
    assert steps(long) == long
    svg = f'<path d="{long}" id="d"/>'
    assert shortened(svg) == svg


def test_a_curve_s_long_path_is_shorter() -> None:
    path = "M10 10" + "".join(f"L{10 + k / 100:.2f} {10 + k * k / 1000:.2f}" for k in range(200))
    assert len(steps(path)) < 0.7 * len(path)


def test_alike_markers_become_alike() -> None:
    crosses = "".join(f"M{x}.5 7L{x}.9 9M{x}.9 7L{x}.5 9" for x in range(20, 40))
    assert steps(crosses).startswith("M20.5 7l.4 2m0-2l-.4 2m1-2l.4 2m0-2l-.4 2")
