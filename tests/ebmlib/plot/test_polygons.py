"""Polygons and tiles, by their tints."""

import pytest
import torch
from matplotlib.colors import to_rgba

from ebmlib.plot.canvas.palette import colour
from ebmlib.plot.figure import figure
from ebmlib.plot.polygons import polygons, tiles
from tests.helpers.recorded import series

SQUARE = torch.tensor([[0.0, 0.0], [1.0, 0.0], [1.0, 1.0], [0.0, 1.0]])


def test_polygons_are_thicker_where_the_value_is_high(unchecked: None) -> None:
    fig, ax = figure()
    drawn = polygons(ax, [SQUARE, SQUARE + 1, SQUARE + 2], torch.tensor([1.0, 5.0, 3.0]))
    alphas = drawn.get_facecolor()[:, 3]
    assert alphas == pytest.approx([0.0, 0.6, 0.3])
    assert list(series(fig)["piece"].columns["polygon"]) == [0] * 4 + [1] * 4 + [2] * 4
    with pytest.raises(ValueError, match=r"values must have shape \(1,\), one a polygon"):
        polygons(ax, [SQUARE], torch.zeros(2))


def test_tiles_have_their_class_colour_and_skip_the_empty(unchecked: None) -> None:
    fig, ax = figure()
    drawn = tiles(ax, [SQUARE, torch.zeros(0, 2), SQUARE + 1], ["blue", "green", "orange"])
    faces = [tuple(face) for face in drawn.get_facecolor()]
    assert faces == [to_rgba(colour("blue"), 0.3), to_rgba(colour("orange"), 0.3)]
    assert set(series(fig)["cell"].columns["class"]) == {0, 2}
    with pytest.raises(ValueError, match=r"cells must hold a polygon\. Got none"):
        tiles(ax, [torch.zeros(0, 2)], ["blue"])
