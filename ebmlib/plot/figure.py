"""Open a figure in the book's style, and choose the view of axes in space."""

from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from ebmlib.plot.canvas.record import of
from ebmlib.plot.canvas.style import style

_INCHES = {1: 4.4, 2: 5.6, 3: 6.6, 4: 7.6}  # 4.4 inches keep 10 pt at 11 px on a phone


def figure(
    columns: int = 1,
    rows: int = 1,
    aspect: float = 0.75,
    projection: str | None = None,
    width: float | None = None,
    share: bool = False,
    stack: str = "rows",
) -> tuple[Figure, Any]:
    """A figure in the book's style and its axes: one, or an array of them.

    Shapes: one panel gives the axes themselves, one row an array (columns,), more rows an
    array (rows, columns).

    Units: `width` in inches, of the whole figure; `aspect` is a panel's height by its width.
    `projection='3d'` gives an orthographic view; `share` lets the panels share their axes.
    On a phone the panels of a wide figure stand below each other, row by row; `stack='columns'`
    says that those of a column belong together.

    Raises:
        ValueError: for a `stack` that is neither rows nor columns.
    """
    if stack not in ("rows", "columns"):
        raise ValueError(f"stack must be 'rows' or 'columns'. Got {stack!r}.")
    inches = width or _INCHES.get(columns, 1.85 * columns)
    with style():
        fig = Figure(figsize=(inches, inches / columns * aspect * rows), layout="constrained")
        fig.patch.set_gid("ground")
        settings = {"projection": projection} if projection else {}
        axes = fig.subplots(
            rows, columns, squeeze=False, subplot_kw=settings, sharex=share, sharey=share
        )
        if projection == "3d":
            for ax in axes.flat:
                ax.set_proj_type("ortho")
                ax.tick_params(pad=-2)  # Matplotlib keeps the words of 3-d axes far away
                for axis in (ax.xaxis, ax.yaxis, ax.zaxis):
                    axis.labelpad = -6 if columns == 1 else -3
                view(ax, zoom=0.92 if columns == 1 else 0.8)
    of(fig).stack = stack
    if rows == columns == 1:
        return fig, axes[0, 0]
    return fig, axes[0] if rows == 1 else np.asarray(axes)


def view(
    ax: Axes, elevation: float = 25.0, azimuth: float = -60.0, zoom: float | None = None
) -> None:
    """Look at 3-d axes from a direction in degrees; `zoom` below 1 leaves room for the labels."""
    ax.view_init(elevation, azimuth)  # type: ignore[attr-defined]
    if zoom is not None:
        ax.set_box_aspect(None, zoom=zoom)  # type: ignore[call-arg]
