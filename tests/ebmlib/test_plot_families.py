"""Each family of figures, by the artists that it makes and what it refuses."""

import matplotlib as mpl
import numpy as np
import pytest
import torch
from matplotlib.colors import to_hex

from ebmlib.plot.arrows import arrows, critical
from ebmlib.plot.bars import bars, matrix
from ebmlib.plot.canvas.palette import colour
from ebmlib.plot.canvas.record import of
from ebmlib.plot.curves import curve, segments, trace, training
from ebmlib.plot.fields import field, regions, surface
from ebmlib.plot.figure import figure
from ebmlib.plot.frame import frame, guide
from ebmlib.plot.grids import grid, lattice
from ebmlib.plot.points import classes, points
from ebmlib.plot.scenes.energies import energy
from ebmlib.plot.show import bundle
from ebmlib.plot.words import label, legend

SIDE = torch.linspace(-1, 1, 11, dtype=torch.float64)
Y, X = torch.meshgrid(SIDE, SIDE, indexing="ij")


def names(fig: object) -> list[str]:
    return [one.name for one in of(fig).series]


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
    assert names(fig) == ["y0", "y1", "y2"]
    assert len({one.get_color() for one in drawn}) == len({one.shape for one in drawn}) == 3
    with pytest.raises(ValueError, match=r"k must have shape \(30,\)"):
        classes(ax, torch.rand(30, 2), torch.zeros(29))


def test_curve_and_its_words(unchecked: None) -> None:
    _, ax = figure()
    line = curve(ax, SIDE, SIDE**2, colour="red", line="dashed", text="here")
    assert list(ax.lines) == [line]
    assert line.is_dashed()
    assert [text.get_text() for text in ax.texts] == ["here"]
    with pytest.raises(ValueError, match=r"one length\. Got \(11,\) and \(10,\)"):
        curve(ax, SIDE, SIDE[1:])
    with pytest.raises(ValueError, match="line must be one of solid, dashed"):
        curve(ax, SIDE, SIDE, line="wavy")


def test_trace_closes(unchecked: None) -> None:
    _, ax = figure()
    line = trace(ax, torch.rand(5, 2), closed=True)
    xy = line.get_xydata()
    assert len(xy) == 6
    assert (xy[0] == xy[-1]).all()
    with pytest.raises(ValueError, match=r"\(points, 2\)\. Got \(5, 3\)"):
        trace(ax, torch.rand(5, 3))


def test_training_names_each_loss() -> None:
    _, ax = figure()
    lines = training(ax, {"train": SIDE + 2, "test": SIDE + 3}, every=10)
    assert ax.get_yscale() == "log"
    assert [text.get_text() for text in ax.texts] == ["train", "test"]
    assert len({line.get_linestyle() for line in lines}) == 2
    assert lines[0].get_xdata()[-1] == 100


def test_segments_join(unchecked: None) -> None:
    _, ax = figure()
    line = segments(ax, torch.zeros(3, 2), torch.ones(3, 2))
    assert np.isnan(line.get_ydata()).sum() == 3
    with pytest.raises(ValueError, match="start and end must have shape"):
        segments(ax, torch.zeros(3, 2), torch.ones(2, 2))


def test_energy_marks_its_minima() -> None:
    fig, ax = figure()
    z = torch.arange(48, dtype=torch.float64) * torch.pi / 24
    energy(ax, z, torch.cos(2 * z) + 0.1 * torch.cos(z), periodic=True)
    found = {one.name: one.columns["x"] for one in of(fig).series}
    assert set(found) == {"E", "E-local", "E-least"}
    assert found["E-least"] == pytest.approx([torch.pi / 2], abs=0.2)
    assert found["E-local"] == pytest.approx([3 * torch.pi / 2], abs=0.2)


@pytest.mark.parametrize(
    ("periodic", "expected"), [(True, ["E", "E-local", "E-least"]), (False, ["E", "E-least"])]
)
def test_a_minimum_at_the_seam_needs_a_periodic_variable(
    periodic: bool, expected: list[str]
) -> None:
    fig, ax = figure()
    z = torch.arange(48, dtype=torch.float64) * torch.pi / 24
    energy(
        ax, z, 0.1 * torch.cos(z) - torch.cos(2 * z), periodic=periodic
    )  # at 0 and, lower, at pi
    assert names(fig) == expected


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


def test_grid_draws_rows_and_columns(unchecked: None) -> None:
    _, ax = figure()
    net = torch.stack((X, Y), -1)
    assert np.isnan(grid(ax, net).get_xdata()).sum() == 22
    assert np.isnan(grid(ax, net, along="rows").get_xdata()).sum() == 11
    with pytest.raises(ValueError, match=r"\(rows, columns, 2\)\. Got \(11, 11\)"):
        grid(ax, X)
    with pytest.raises(ValueError, match="along must be rows, columns or both"):
        grid(ax, net, along="diagonals")


def test_lattice_covers_the_square() -> None:
    across, upward = lattice(-1, 1, 5, 9)
    assert across.shape == upward.shape == (5, 9, 2)
    assert (np.ptp(across[0], axis=0) == (2, 0)).all()
    assert (np.ptp(upward[0], axis=0) == (0, 2)).all()


def test_arrows_are_one_path(unchecked: None) -> None:
    fig, ax = figure()
    arrows(ax, torch.rand(40, 2), torch.rand(40, 2), scale=0.5, name="v")
    svg = bundle(fig, "a", "b")["image/svg+xml"]
    assert svg[svg.index('id="v"') :].split("</g>")[0].count("<path") == 1
    with pytest.raises(ValueError, match=r"y and v must have shape \(batch, 2\)"):
        arrows(ax, torch.rand(4, 2), torch.rand(3, 2))


def test_critical_points_differ_in_shape(unchecked: None) -> None:
    fig, ax = figure()
    critical(ax, torch.rand(4, 2), ["sink", "saddle", "sink", "source"])
    assert names(fig) == ["critical-sink", "critical-saddle", "critical-source"]
    assert [line.shape for line in ax.lines] == ["dot", "cross", "ring"]
    with pytest.raises(ValueError, match=r"saddle, source, degenerate\. Got 'hill'"):
        critical(ax, torch.rand(1, 2), ["hill"])
    with pytest.raises(ValueError, match="kinds must hold 2 words"):
        critical(ax, torch.rand(2, 2), ["sink"])


def test_bars_and_matrix(unchecked: None) -> None:
    _, (left, right) = figure(columns=2)
    assert len(bars(left, torch.rand(4)).get_paths()) == 4
    drawn = matrix(right, torch.tensor([[1.0, -2.0], [0.5, 0.0]]), colour="blue")
    faces = drawn.get_facecolor()
    assert [to_hex(face) for face in faces] == [
        colour(c) for c in ("blue", "orange", "blue", "blue")
    ]
    assert faces[:, 3] == pytest.approx([0.275, 0.55, 0.1375, 0])
    assert [text.get_text() for text in right.texts] == ["$1$", "$−2$", "$0.5$", "$0$"]
    with pytest.raises(ValueError, match="A must have shape"):
        matrix(right, torch.zeros(3))
    with pytest.raises(ValueError, match="x and heights must be vectors"):
        bars(left, torch.zeros(3), x=torch.zeros(2))


def test_frame_label_guide_legend() -> None:
    fig, ax = figure()
    curve(ax, SIDE, SIDE)
    frame(ax, "$a$", "$b$", equal=True, xlim=(-1, 1), grid=True, xticks=(0, 1))
    guide(ax, x=0.0, y=0.0, colour="muted")
    legend(ax, {"a line": ("red", "dashed"), "a point": ("blue", "ring")})
    word = label(ax, 0, 0, "word", "red", where="above")
    assert (ax.get_xlabel(), ax.get_aspect(), list(ax.get_xticks())) == ("$a$", 1.0, [0, 1])
    assert word.get_va() == "bottom"
    assert [text.get_text() for text in ax.get_legend().get_texts()] == ["a line", "a point"]
    bundle(fig, "a", "b")
    with pytest.raises(ValueError, match="where must be one of right, left"):
        label(ax, 0, 0, "word", where="there")
    with pytest.raises(ValueError, match=r"a legend has shapes and lines\. Got 'star'"):
        legend(ax, {"a": ("red", "star")})


def test_labels_are_never_smaller_than_the_axes() -> None:
    fig, ax = figure()
    field(ax, SIDE, SIDE, X * Y)
    assert min(text.get_fontsize() for text in fig.findobj(mpl.text.Text)) == 10.0


def test_given_ticks_stand_alone() -> None:
    fig, ax = figure()
    frame(ax, "$x$", "$y$", xlim=(-2.4, 2.4), xticks=[-1, 1])
    fig.canvas.draw()
    assert list(ax.get_xticks()) == [-1, 1]
    assert not len(ax.xaxis.get_minorticklocs())
