"""Tints: thickness alone, finer than the grid, with the grid's values at its points."""

import numpy as np

from ebmlib.plot.canvas.palette import colour
from ebmlib.plot.canvas.record import of, record
from ebmlib.plot.canvas.tints import LEVELS, PIXELS, enlarge, mixes, paint, tint
from ebmlib.plot.figure import figure

SIDE = np.linspace(-1.0, 1.0, 5)
VALUES = np.linspace(0.0, 1.0, 25).reshape(5, 5)


def test_finer_values_hold_the_given_ones() -> None:
    fine = enlarge(VALUES)
    assert min(fine.shape) >= PIXELS
    step = (len(fine) - 1) // 4
    np.testing.assert_allclose(fine[::step, ::step], VALUES, atol=1e-12)


def test_a_tint_is_painted_under_its_name() -> None:
    fig, ax = figure()
    image = tint(ax, SIDE, SIDE, VALUES, "green", smooth=False)
    assert of(fig).rasters == {}
    record(ax, image, "F", {"x": SIDE})
    paint(ax, image, "green", smooth=False)
    assert of(fig).rasters == {"F": {"tint": "green", "smooth": False}}
    np.testing.assert_array_equal(image.get_array()[..., 3], np.round(255 * VALUES))


def test_mixes_go_from_the_ground_to_the_colour() -> None:
    fig, ax = figure()
    hexes = mixes(ax, "red", np.linspace(0, 1, LEVELS + 1))
    assert (hexes[0], hexes[-1]) == (colour("ground"), colour("red"))
    assert set(of(fig).mixes) == set(hexes[1:-1])
