"""Where the panels of a figure stand in its drawing, so that a narrow page may stack them.

A panel that leaves out the numbers or the name of an axis, since its neighbour shows the same,
needs them once it stands elsewhere: it borrows the neighbour's, moved.
"""

from typing import Any, NamedTuple

import numpy as np
from matplotlib.axes import Axes
from matplotlib.axis import Axis
from matplotlib.figure import Figure
from matplotlib.transforms import Bbox, BboxBase

from ebmlib.plot.canvas.record import of
from ebmlib.plot.canvas.style import style

POINTS = 72.0  # an inch: the words of axes in space stay where the SVG, drawn at that, put them


class Place(NamedTuple):
    """A panel in its grid."""

    row: int
    column: int
    ax: Axes


def name_axes(fig: Figure) -> None:
    """Give each axis, and its name, an id in the drawing, by which others borrow it."""
    for number, ax in enumerate(fig.axes):
        for key, axis in _axes_of(ax).items():
            axis.set_gid(f"axis.{number}.{key}")
            axis.label.set_gid(f"axis.{number}.{key}.name")


def panels(fig: Figure) -> dict[str, Any]:
    """The grid and, in points of the SVG, each panel's frame, its box with all words, its loans.

    Nothing for a single panel, or for panels that are no grid. The layout must have been done.
    """
    places = _grid(fig)
    if len(places) < 2:
        return {}
    dpi = fig.dpi
    try:
        fig.dpi = POINTS
        with style():
            each = [_panel(fig, place, places) for place in places]
    finally:
        fig.dpi = dpi
    columns = 1 + max(place.column for place in places)
    return {"columns": columns, "stack": of(fig).stack, "each": each}


def _grid(fig: Figure) -> list[Place]:
    """The panels that show something, as the drawing has them; none if one fills several cells."""
    places = []
    for ax in fig.axes:
        cell = ax.get_subplotspec()
        if cell is None or len(cell.rowspan) > 1 or len(cell.colspan) > 1:
            return []
        if ax.get_visible():
            places.append(Place(cell.rowspan.start, cell.colspan.start, ax))
    return places


def _panel(fig: Figure, place: Place, places: list[Place]) -> dict[str, Any]:
    ax = place.ax
    tight = ax.get_tightbbox()
    boxes = [ax.get_window_extent(), *([tight] if tight is not None else [])]
    loans = []
    for key, axis in _axes_of(ax).items():
        line = [one.ax for one in places if one.ax is not ax and _in_line(one, place, key)]
        alike = [one for one in line if _alike(one, ax, key)]
        lender = next((one for one in alike if _axes_of(one)[key].label.get_text()), None)
        lender = lender or next(iter(alike), None)
        lent = None if lender is None else _lent(axis, _axes_of(lender)[key])
        if lender is None or lent is None:
            continue
        step = np.subtract(ax.get_window_extent().min, lender.get_window_extent().min)
        box: Any = lent.get_tightbbox() if isinstance(lent, Axis) else lent.get_window_extent()
        boxes.append(Bbox(box.get_points() + step))
        loans.append([str(lent.get_gid()), *_rounded(step * (1, -1))])
    return {
        "row": place.row,
        "column": place.column,
        "empty": not (ax.axison or ax.has_data() or ax.texts or ax.get_title()),
        "frame": _points(fig, ax.get_window_extent()),
        "box": _points(fig, Bbox.union(boxes)),
        "borrows": loans,
    }


def _axes_of(ax: Axes) -> dict[str, Axis]:
    """The axes of a plane; what is seen in space keeps its own."""
    return {} if ax.name == "3d" or not ax.axison else {"x": ax.xaxis, "y": ax.yaxis}


def _in_line(one: Place, other: Place, key: str) -> bool:
    return one.column == other.column if key == "x" else one.row == other.row


def _alike(one: Axes, other: Axes, key: str) -> bool:
    """Whether what one axis says is true of the other, too."""
    if key not in _axes_of(one):
        return False
    first, second = _axes_of(one)[key], _axes_of(other)[key]
    sizes = [float(ax.get_window_extent().size["xy".index(key)]) for ax in (one, other)]
    return (
        bool(_numbers(first))
        and first.get_scale() == second.get_scale()
        and np.allclose(first.get_view_interval(), second.get_view_interval())
        and abs(sizes[0] - sizes[1]) < 0.5
    )


def _lent(axis: Axis, lender: Axis) -> Any:
    """The lender's axis, its name alone, or nothing: what `axis` lacks."""
    if not _numbers(axis):
        return lender
    if not axis.label.get_text() and lender.label.get_text():
        return lender.label
    return None


def _numbers(axis: Axis) -> list[str]:
    """The words at the ticks that can be read."""
    labels = [label for tick in axis.get_major_ticks() for label in (tick.label1, tick.label2)]
    return [one.get_text() for one in labels if one.get_visible() and one.get_text()]


def _points(fig: Figure, box: BboxBase) -> list[float]:
    """Left, top, right and bottom, from the drawing's upper left corner."""
    (left, low), (right, high) = box.get_points()
    tall = fig.get_figheight() * POINTS
    return _rounded([left, tall - high, right, tall - low])


def _rounded(values: Any) -> list[float]:
    return [round(float(value), 1) + 0.0 for value in values]
