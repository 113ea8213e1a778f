"""Panels, and letters that a phone can show."""

import matplotlib as mpl
import pytest

from ebmlib.plot.canvas.record import of
from ebmlib.plot.figure import figure


def test_panels() -> None:
    _, one = figure()
    _, row = figure(columns=3)
    _, block = figure(columns=3, rows=2)
    _, space = figure(projection="3d")
    assert (one.name, row.shape, block.shape, space.name) == ("rectilinear", (3,), (2, 3), "3d")


def test_text_is_11_pixels_on_a_phone() -> None:
    fig, _ = figure()
    points_to_pixels = 1.1  # the least that figures.css allows
    assert fig.get_figwidth() * 72 * points_to_pixels <= 390 - 2 * 16
    sizes = {text.get_fontsize() for text in fig.findobj(mpl.text.Text)}
    assert min(sizes) * points_to_pixels >= 11


def test_the_order_of_panels_on_a_phone() -> None:
    fig, _ = figure(columns=2, rows=2, stack="columns")
    assert of(fig).stack == "columns"
    with pytest.raises(ValueError, match=r"stack must be 'rows' or 'columns'. Got 'both'."):
        figure(columns=2, stack="both")
