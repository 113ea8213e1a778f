"""A path of steps goes through the same places, to the last hundredth."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from _ext.figures.paths import PAIRS, shortened, steps

Place = tuple[str, int, int]
coordinate = st.integers(-99_999, 99_999)
lines = st.lists(st.tuples(st.sampled_from("MLLLLQCz"), coordinate, coordinate), min_size=1)


def written(places: list[Place]) -> str:
    """As Matplotlib writes: absolute places, no more decimals than are needed."""
    parts = [("M", 0, 0), *places]
    return "".join(
        "z" if letter == "z" else letter + " ".join([_pair(x, y)] * PAIRS[letter])
        for letter, x, y in parts
    )


def _pair(x: int, y: int) -> str:
    return f"{x / 100:.2f} {y / 100:.2f}".replace(".00", "")


def places(path: str) -> list[Place]:
    """Where a path goes, in hundredths."""
    found: list[Place] = []
    here = start = (0, 0)
    for letter, numbers in re.findall(r"([MmLlQqCcHhz])([^MmLlQqCcHhz]*)", path):
        values = [round(float(n) * 100) for n in re.findall(r"-?(?:\d+\.?\d*|\.\d+)", numbers)]
        if letter == "h":
            values.append(0)
        if letter in "QqCc":  # the points between are where the curve ends, see `written`
            count = 2 * PAIRS[letter.upper()]
            values = [v for k, v in enumerate(values) if k % count >= count - 2]
        if letter == "z":
            here = start
            found.append(("z", *here))
        for x, y in zip(values[::2], values[1::2], strict=True):
            here = (here[0] + x, here[1] + y) if letter.islower() else (x, y)
            start = here if letter in "Mm" else start
            found.append((letter.upper().replace("H", "L"), *here))
    return found


@given(lines)
def test_the_places_are_the_same(given_lines: list[Place]) -> None:
    path = written(given_lines)
    assert places(steps(path)) == places(path)
    assert len(steps(path)) <= len(path)


@pytest.mark.parametrize(
    "path", ["M0 0A1 2 3 4 5 6 7", "M0.123 4L5 6", "m1 1l2 2", "M0 0h9v9H0z", "M0 0 1 1e-3L2 2"]
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


def test_a_curve_s_steps_begin_where_the_one_before_ends() -> None:
    path = "M100 100Q110 100 110 110Q110 120.5 100 120.5C90 120 80 110 70 100Z"
    assert steps(path) == "M100 100q10 0 10 10 0 10.5-10 10.5c-10-.5-20-10.5-30-20.5z"


def test_dots_are_lines_of_no_length() -> None:
    dots = "".join(f"M{k} {k}.5L{k} {k}.5" for k in range(10, 15))
    assert steps(dots) == "M10 10.5h0m1 1h0m1 1h0m1 1h0m1 1h0"
