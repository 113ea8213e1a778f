"""A small figure, and what the drawing functions wrote down about one."""

from typing import Any

import torch

from ebmlib.plot.canvas.record import Series, of
from ebmlib.plot.curves import curve
from ebmlib.plot.figure import figure
from ebmlib.plot.frame import frame
from ebmlib.plot.points import points


def drawn() -> tuple[Any, Any]:
    """A figure with three points and a line."""
    fig, ax = figure()
    points(ax, torch.tensor([[0.0, 1.0], [2.0, 3.0], [4.0, 4.5]]), name="y")
    curve(ax, torch.linspace(0, 1, 5), torch.linspace(0, 2, 5), name="line", units=("rad", None))
    frame(ax, "$y_1$", "$y_2$")
    return fig, ax


def series(fig: Any) -> dict[str, Series]:
    """Everything drawn, by name, in the order of drawing."""
    return {one.name: one for one in of(fig).series}
