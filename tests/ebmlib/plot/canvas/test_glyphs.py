"""Many marks as one path: as many strokes as points, each where its point is."""

import numpy as np
import pytest

from ebmlib.plot.canvas.export import svg
from ebmlib.plot.canvas.glyphs import SHAPES, Glyphs
from ebmlib.plot.canvas.record import record
from ebmlib.plot.figure import figure

XY = np.array([[0.0, 0.0], [1.0, 2.0], [np.nan, 1.0]])


@pytest.mark.parametrize("shape", SHAPES)
def test_each_finite_point_has_the_same_mark(shape: str) -> None:
    _, ax = figure()
    marks = Glyphs(XY, shape, 6.0, "#000000", 1.0)
    ax.add_line(marks)
    vertices = marks.path(1.0).vertices.reshape(2, -1, 2)  # the point that is no number has none
    first, second = vertices
    shift = ax.transData.transform(XY[1]) - ax.transData.transform(XY[0])
    np.testing.assert_allclose(second - first, np.broadcast_to(shift, first.shape))
    assert np.abs(first - ax.transData.transform(XY[0])).max() <= 6.0 * 0.67


@pytest.mark.parametrize("visible", [True, False])
def test_a_hidden_mark_is_not_drawn(visible: bool) -> None:
    fig, ax = figure()
    marks = Glyphs(XY, "square", 6.0, "#000000", 1.0)
    record(ax, ax.add_line(marks), "y", {"x": XY[:, 0]})
    marks.set_visible(visible)
    assert ('id="y"' in svg(fig)) == visible
