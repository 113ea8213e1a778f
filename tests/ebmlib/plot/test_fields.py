"""Fields as tints, regions and surfaces."""

import matplotlib as mpl
import numpy as np
import pytest
import torch

from ebmlib.plot.canvas.record import of
from ebmlib.plot.fields import field, regions, surface
from ebmlib.plot.figure import figure
from ebmlib.plot.show import bundle
from tests.helpers.recorded import series

SIDE = torch.linspace(-1, 1, 11, dtype=torch.float64)


Y, X = torch.meshgrid(SIDE, SIDE, indexing="ij")


def test_field_is_a_tint(unchecked: None) -> None:
    fig, ax = figure()
    image = field(ax, SIDE, SIDE, X**2 + Y, low=0.0, colour="purple")
    rgba = image.get_array()
    assert rgba.dtype == np.uint8
    assert len(np.unique(rgba[..., :3].reshape(-1, 3), axis=0)) == 1  # one colour, more or less
    assert of(fig).rasters == {"F": {"tint": "purple", "smooth": True}}
    assert rgba[0, rgba.shape[1] // 2, 3] == 0  # there F < low
    assert len(ax.collections) == 1  # the contours
    with pytest.raises(ValueError, match=r"F must have shape \(rows, columns\) = \(11, 11\)"):
        field(ax, SIDE, SIDE, X[1:])


def test_regions_from_classes_and_from_scores() -> None:
    fig, (left, right) = figure(columns=2)
    from_classes = regions(left, SIDE, SIDE, (X > 0.1).long() + (Y > 0.1).long())
    from_scores = regions(right, SIDE, SIDE, torch.stack((X - 0.1, 0.1 - X, Y - 3)))
    assert (len(from_classes), len(from_scores)) == (3, 2)  # the third score is never the highest
    assert [one.get_gid() for one in from_classes] == ["k", "k.1", "k.2"]
    assert set(of(fig).rasters) == {"k", "k.1", "k.2", "k-2", "k-2.1"}
    for image in from_classes:
        assert len(np.unique(image.get_array()[..., 3])) == 2


def test_surface_has_facets_in_mixes(unchecked: None) -> None:
    fig, ax = figure(projection="3d")
    drawn = surface(ax, SIDE, SIDE, X * Y, facets=5, colour="green")
    assert len(drawn.get_facecolor()) == 25
    assert {name for name, _ in of(fig).mixes.values()} == {"green"}
    bundle(fig, "a", "b")
    with pytest.raises(ValueError, match="needs axes in space"):
        surface(figure()[1], SIDE, SIDE, X)


def test_labels_are_never_smaller_than_the_axes() -> None:
    fig, ax = figure()
    field(ax, SIDE, SIDE, X * Y)
    assert min(text.get_fontsize() for text in fig.findobj(mpl.text.Text)) == 10.0


def test_sampled_cells_stand_round_their_samples(unchecked: None) -> None:
    fig, ax = figure()
    F = SIDE[:, None] ** 2 + SIDE
    image = field(ax, SIDE, SIDE, F, smooth=False)
    assert not ax.collections  # no contours
    assert ax.get_xlim() == pytest.approx((-1.1, 1.1))  # half a cell beyond the samples
    table = series(fig)["F"].columns
    assert np.allclose(table["F"], table["y"] ** 2 + table["x"])
    assert str(image.get_gid()) in of(fig).rasters
    bundle(fig, "a", "b")  # its colours are the stylesheet's
    with pytest.raises(ValueError, match=r"F must have shape \(rows, columns\) = \(11, 11\)"):
        field(ax, SIDE, SIDE, F[1:], smooth=False)
