"""Errors of several named things, on a log axis."""

from collections.abc import Mapping

import torch
from matplotlib.axes import Axes

from ebmlib.plot.canvas.style import style
from ebmlib.plot.frame import frame, guide
from ebmlib.plot.points import points


def audit(
    ax: Axes,
    errors: Mapping[str, float],
    *,
    colour: str = "green",
    shape: str = "dot",
    name: str = "error",
    limit: float = 1e-8,
    floor: float = 1e-14,
) -> None:
    """Mark each error above its name; the dashed line is the `limit` of what is right.

    Errors below `floor` are drawn there. Call it again to compare another set of errors.

    Raises:
        ValueError: if there are no errors.
    """
    if not errors:
        raise ValueError("errors must hold one error at least. Got none.")
    places = torch.arange(1.0, len(errors) + 1)
    heights = torch.tensor(list(errors.values()), dtype=torch.float64).clamp(min=floor)
    frame(ax, "", "error", yscale="log", ylim=(floor / 10, 1e2), xlim=(0.4, len(errors) + 0.6))
    guide(ax, y=limit)
    points(ax, torch.stack([places, heights], 1), colour=colour, shape=shape, name=name, size=7.0)
    with style():
        ax.set_xticks(places.tolist(), list(errors))
        ax.minorticks_off()
        ax.grid(True)
