"""The HTML of a live figure's controls and sentence."""

from __future__ import annotations

import re

import pytest

from _ext.live.controls import control, nice, rows
from _ext.live.html import figure, formulas
from _ext.live.words import pieces

SLIDER = {
    "name": "beta", "kind": "slider", "start": 1.0, "low": 0.1, "high": 100.0, "log": True,
    "label": "$\\beta$", "spoken": "beta, the coldness", "step": 0.0, "colour": "ink",
}  # fmt: skip
POINT = {
    "name": "y", "kind": "point", "start": [1.0, 0.5], "low": [-2, -1], "high": [2, 1],
    "label": "$y$", "spoken": "y", "colour": "blue",
}  # fmt: skip


def tex(text: str) -> str:
    return f"<i>{text}</i>"


def test_words_are_taken_apart_into_formulas_and_numbers() -> None:
    found = list(pieces("$F_{b}$ = {F:.2f} at {y}, so"))
    assert found == [
        ("maths", "F_{b}"), ("words", " = "), ("number", "F:2"), ("words", " at "),
        ("number", "y"), ("words", ", so"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("size", "step"), [(0.056, 0.1), (0.05, 0.05), (0.021, 0.05), (7, 10), (1, 1)]
)
def test_a_step_is_a_nice_number(size: float, step: float) -> None:
    assert nice(size) == pytest.approx(step)


def test_a_logarithmic_slider_moves_by_factors() -> None:
    made = control(SLIDER, tex)
    assert re.findall(r' (?:min|max|step|value)="([^"]*)"', made) == ["0", "120", "1", "40"]
    assert ' data-low="0.1" data-high="100"' in made
    assert 'aria-label="beta, the coldness"' in made
    assert "<i>\\beta</i>" in made


def test_a_point_has_a_slider_a_coordinate() -> None:
    made = control(POINT, tex)
    assert re.findall(r'data-place="(\d)"', made) == ["0", "1"]
    assert re.findall(r' max="([^"]*)"', made) == ["2", "1"]
    assert "second coordinate" in made


def test_an_axis_on_which_a_point_stays_has_no_slider() -> None:
    one = POINT | {"low": [-2, 0.5], "high": [2, 0.5]}
    made = control(one, tex)
    assert re.findall(r'data-place="(\d)"', made) == ["0"]
    assert rows([one]) == rows([SLIDER]) == 1


def test_several_points_are_numbered() -> None:
    made = control(POINT | {"kind": "points", "start": [[0, 0], [1, 0.5]]}, tex)
    assert re.findall(r"<sub>([^<]*)</sub>", made) == ["1,1", "1,2", "2,1", "2,2"]
    assert re.findall(r' value="([^"]*)"', made) == ["0", "0", "1", "0.5"]


def test_switch_cells_and_noise_are_native_too() -> None:
    common = {"name": "on", "label": "on", "spoken": "on"}
    assert " checked" in control({**common, "kind": "switch", "start": True}, tex)
    cells = control({**common, "kind": "cells", "start": [True, False]}, tex)
    assert cells.count(" checked") == 1
    assert cells.count('type="checkbox"') == 2
    noise = control({**common, "kind": "noise", "start": 0}, tex)
    assert noise == '<button type="button" data-noise="on">on</button>'


def test_room_is_kept_for_all_controls() -> None:
    cells = {"name": "on", "kind": "cells", "start": [True, False]}
    assert rows([SLIDER, POINT]) == 2
    assert rows([SLIDER, POINT], 1) == 3
    assert rows([SLIDER, cells]) == 3


def test_the_sheets_are_one_picture_in_words() -> None:
    live = {"settings": [SLIDER], "steps": {}, "said": {"text": "$F$ = {F:.2f}"}}
    words = '<desc id="alt-a-0">A &lt;b&gt;.</desc>'
    sheet = f'<svg role="img" aria-labelledby="alt-a-0" data-figure="a-0">{words}</svg>'
    made = figure("a", "A <b>.", [sheet, sheet], live, tex)
    assert made.count('aria-label="A &lt;b&gt;."') == 1
    assert made.count('<svg data-figure="a-0">') == 2
    assert re.findall("<desc>.*?</desc>", made) == [
        "<desc>A &lt;b&gt;.</desc>",
        "<desc>Panel 2.</desc>",
    ]
    assert '<span data-number="F" data-digits="2"></span>' in made
    assert "data-train" not in made
    assert formulas(live) == ["\\beta", "F"]
    with pytest.raises(ValueError, match="role of a picture"):
        figure("a", "A.", ["<svg></svg>"], live, tex)
