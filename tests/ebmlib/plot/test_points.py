"""Points and classes of points, by the artists that they make."""

import pytest
import torch
from matplotlib.colors import to_hex

from ebmlib.plot.canvas.palette import colour
from ebmlib.plot.canvas.record import of
from ebmlib.plot.figure import figure
from ebmlib.plot.points import classes, points
from ebmlib.plot.show import bundle
from tests.helpers.recorded import series


def test_points_are_one_path() -> None:
    fig, ax = figure()
    drawn = points(ax, torch.rand(500, 2), colour="orange", name="z", size=5)
    assert list(ax.lines) == [drawn]
    assert to_hex(drawn.get_color()) == colour("orange")
    svg = bundle(fig, "a", "b")["image/svg+xml"]
    group = svg[svg.index('id="z"') :].split("</g>")[0]
    assert group.count("<path") == 1
    assert "stroke-linecap: round" in group


def test_points_in_space() -> None:
    fig, ax = figure(projection="3d")
    drawn = points(ax, torch.rand(7, 3), name="y")
    assert drawn.get_solid_capstyle() == "round"
    assert list(of(fig).series[0].columns) == ["x", "y", "z"]


def test_points_refuse(unchecked: None) -> None:
    _, ax = figure()
    with pytest.raises(ValueError, match=r"y must have shape \(batch, 2\)\. Got \(24, 3\)\."):
        points(ax, torch.zeros(24, 3))
    with pytest.raises(ValueError, match="shape must be one of dot, square"):
        points(ax, torch.zeros(2, 2), shape="star")
    with pytest.raises(ValueError, match="colour must be one of"):
        points(ax, torch.zeros(2, 2), colour="teal")


def test_classes_differ_in_colour_and_shape(unchecked: None) -> None:
    fig, ax = figure()
    drawn = classes(ax, torch.rand(30, 2), torch.arange(30) % 3)
    assert list(series(fig)) == ["y0", "y1", "y2"]
    assert len({one.get_color() for one in drawn}) == len({one.shape for one in drawn}) == 3
    with pytest.raises(ValueError, match=r"k must have shape \(30,\)"):
        classes(ax, torch.rand(30, 2), torch.zeros(29))
