"""Figures of the plane: a linear map's circle, pieces and borders of nets, samples, stems."""

import numpy as np
import pytest
import torch
from matplotlib.colors import to_hex, to_rgba

from ebmlib.plot.bare import bare
from ebmlib.plot.borders import borders
from ebmlib.plot.canvas.palette import colour
from ebmlib.plot.canvas.record import Series, of
from ebmlib.plot.fields import field
from ebmlib.plot.figure import figure
from ebmlib.plot.polygons import polygons, tiles
from ebmlib.plot.scenes.linear import axes_of, straight, unit_circle
from ebmlib.plot.scenes.stems import stems
from ebmlib.plot.show import bundle

SQUARE = torch.tensor([[0.0, 0.0], [1.0, 0.0], [1.0, 1.0], [0.0, 1.0]])
SIDE = torch.linspace(-1, 1, 9, dtype=torch.float64)


def series(fig: object) -> dict[str, Series]:
    return {one.name: one for one in of(fig).series}


def test_a_bare_panel_shows_a_square_of_the_plane() -> None:
    _, ax = figure()
    bare(ax, 2.0, "before", centre=(1.0, -1.0))
    assert ax.get_xlim() == (-1, 3)
    assert ax.get_ylim() == (-3, 1)
    assert ax.get_aspect() == 1
    assert not ax.axison
    assert ax.get_title() == "before"


def test_the_unit_circle_is_even_and_open() -> None:
    circle = unit_circle(12, dtype=torch.float64)
    torch.testing.assert_close(circle.norm(dim=1), torch.ones(12, dtype=torch.float64))
    steps = (circle.roll(-1, 0) - circle).norm(dim=1)  # the last step leads back to the first
    torch.testing.assert_close(steps, steps[:1].expand(12))


def test_directions_end_where_they_say() -> None:
    fig, ax = figure()
    directions = torch.tensor([[2.0, 0.0], [0.0, 0.5]])
    axes_of(ax, unit_circle(), directions, colour="aqua", texts=("$u_1$", "$u_2$"), name="s")
    table = series(fig)
    assert set(table) == {"s", "s-axes"}
    columns = table["s-axes"].columns
    assert np.array_equal(np.stack([*columns.values()], 1)[:, 2:], directions.numpy())
    assert [text.get_text() for text in ax.texts] == ["$u_1$", "$u_2$"]
    for text, d in zip(ax.texts, directions.numpy(), strict=True):
        assert np.array_equal(text.xy, d)  # at the tip, and from there outwards
        assert np.dot(text.xyann, d) > 0


def test_a_straight_line_solves_its_equation(unchecked: None) -> None:
    fig, ax = figure()
    w = torch.tensor([3.0, -4.0, 2.0], dtype=torch.float64)
    straight(ax, w, reach=5.0)
    x, y = (column for column in series(fig)["line"].columns.values())
    assert np.abs(3 * x - 4 * y + 2).max() < 1e-12
    assert np.hypot(np.diff(x), np.diff(y)) == pytest.approx(10.0)
    with pytest.raises(ValueError, match=r"w must have a direction\. Got w_1 = w_2 = 0"):
        straight(ax, torch.tensor([0.0, 0.0, 1.0]))


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


def test_sampled_cells_stand_round_their_samples(unchecked: None) -> None:
    fig, ax = figure()
    F = SIDE[:, None] ** 2 + SIDE
    image = field(ax, SIDE, SIDE, F, smooth=False)
    assert not ax.collections  # no contours
    assert ax.get_xlim() == (-1.125, 1.125)
    table = series(fig)["F"].columns
    assert np.allclose(table["F"], table["y"] ** 2 + table["x"])
    assert str(image.get_gid()) in of(fig).rasters
    bundle(fig, "a", "b")  # its colours are the stylesheet's
    with pytest.raises(ValueError, match=r"F must have shape \(rows, columns\) = \(9, 9\)"):
        field(ax, SIDE, SIDE, F[1:], smooth=False)


def test_stems_stand_on_zero(unchecked: None) -> None:
    fig, ax = figure()
    k, y = torch.arange(4.0), torch.tensor([1.0, -2.0, 0.5, 0.0])
    stems(ax, k, y)
    table = series(fig)
    feet, heads = (np.stack([*table["y-stem"].columns.values()], 1)[:, part] for part in (1, 3))
    assert np.array_equal(feet, np.zeros(4))
    assert np.array_equal(heads, y.numpy())
    assert np.array_equal(table["y"].columns["y"], y.numpy())
    with pytest.raises(ValueError, match=r"one length\. Got \(4,\) and \(3,\)"):
        stems(ax, k, y[1:])


def test_borders_lie_where_two_scores_are_equal(unchecked: None) -> None:
    fig, ax = figure()
    x = SIDE.expand(9, 9)
    drawn = borders(ax, SIDE, SIDE, torch.stack((x, -x, x - 9)), colour="blue")
    found = series(fig)["border"].columns["x"]
    assert np.abs(found[np.isfinite(found)]).max() < 1e-12
    assert to_hex(drawn.get_color()) == colour("blue")
    with pytest.raises(ValueError, match=r"change somewhere\. Got one class only"):
        borders(ax, SIDE, SIDE, torch.stack((x + 5, x)))
    with pytest.raises(ValueError, match=r"change somewhere\. Got one class only"):
        borders(ax, SIDE, SIDE, x[None])
    with pytest.raises(ValueError, match=r"s must have shape \(classes, 9, 9\)"):
        borders(ax, SIDE, SIDE, x)
