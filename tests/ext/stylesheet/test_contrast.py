"""Every colour can be read on every ground, and the core four be told apart by all eyes."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from colorspacious import cspace_convert, deltaE

from _ext.stylesheet.parser import load
from tools.build.contrast import READABLE, contrast

COLOURS = load().colours
GROUNDS = ("ground", "card")
CORE = ("pink", "blue", "orange", "green")
FLOOR = 15.0  # CAM02-UCS, for each of the three kinds of eyes
OTHERS = 5.5  # the same, for every pair: shape and label must help there
EYES = (None, "deuteranomaly", "protanomaly")


def rgb(hexes: str) -> np.ndarray:
    return np.array([int(hexes[i : i + 2], 16) / 255 for i in (1, 3, 5)])


def distance(one: str, other: str, eyes: str | None) -> float:
    colours = [rgb(one), rgb(other)]
    if eyes:
        space = {"name": "sRGB1+CVD", "cvd_type": eyes, "severity": 100}
        colours = [np.clip(cspace_convert(c, space, "sRGB1"), 0, 1) for c in colours]
    return float(deltaE(*colours, input_space="sRGB1", uniform_space="CAM02-UCS"))


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("ground", GROUNDS)
@pytest.mark.parametrize("name", [name for name in COLOURS if name not in GROUNDS])
def test_contrast(name: str, ground: str, theme: str) -> None:
    text, paper = getattr(COLOURS[name], theme), getattr(COLOURS[ground], theme)
    assert contrast(text, paper) >= READABLE, f"{name} {text} on {ground} {paper}"


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("eyes", EYES)
def test_the_core_four_stay_apart(eyes: str | None, theme: str) -> None:
    for one, other in combinations(CORE, 2):
        found = distance(getattr(COLOURS[one], theme), getattr(COLOURS[other], theme), eyes)
        assert found >= FLOOR, f"{one} and {other}, {theme}, {eyes}: {found:.1f}"


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("eyes", EYES)
def test_no_two_colours_are_one(eyes: str | None, theme: str) -> None:
    names = [name for name in COLOURS if name not in (*GROUNDS, "ink", "muted")]
    for one, other in combinations(names, 2):
        found = distance(getattr(COLOURS[one], theme), getattr(COLOURS[other], theme), eyes)
        assert found >= OTHERS, f"{one} and {other}, {theme}, {eyes}: {found:.1f}"
