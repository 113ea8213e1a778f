"""Lines: curves over an axis, paths in the plane or in space, and training curves."""

from collections.abc import Mapping
from typing import Any

import torch
from jaxtyping import Float
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from torch import Tensor

from ebmlib.plot.canvas.palette import colour as hex_of
from ebmlib.plot.canvas.record import array, record
from ebmlib.plot.canvas.style import LINES, style
from ebmlib.plot.words import label


def curve(
    ax: Axes,
    x: Float[Tensor, " points"],
    y: Float[Tensor, " points"],
    *,
    colour: str = "ink",
    name: str = "y",
    line: str = "solid",
    width: float = 1.6,
    text: str = "",
    alpha: float = 1.0,
    units: tuple[str | None, str | None] | None = None,
) -> Line2D:
    """Draw y over x as one line; `text` labels its right end.

    `line` is solid, dashed, dotted or dashdot. `units` go into the table's header.

    Raises:
        ValueError: if x and y are not vectors of one length.
    """
    columns = {"x": array(x), "y": array(y)}
    if columns["x"].ndim != 1 or columns["x"].shape != columns["y"].shape:
        raise ValueError(
            f"x and y must be vectors of one length. Got {columns['x'].shape} and "
            f"{columns['y'].shape}."
        )
    drawn = _line(ax, columns, colour, line, width, alpha)
    record(ax, drawn, name, columns, units=units)
    if text:
        label(ax, columns["x"][-1], columns["y"][-1], text, colour)
    return drawn


def trace(
    ax: Axes,
    y: Float[Tensor, "points dim"],
    *,
    colour: str = "ink",
    name: str = "path",
    closed: bool = False,
    line: str = "solid",
    width: float = 1.6,
    alpha: float = 1.0,
) -> Line2D:
    """Draw the path through points of 2 components, or 3 on 3-d axes; `closed` joins its ends.

    Raises:
        ValueError: if y is not (points, 2), or (points, 3) on 3-d axes.
    """
    if closed:
        y = torch.cat((torch.as_tensor(y), torch.as_tensor(y)[:1]))
    path = array(y)
    dim = 3 if ax.name == "3d" else 2
    if path.ndim != 2 or path.shape[1] != dim:
        raise ValueError(f"y must have shape (points, {dim}). Got {path.shape}.")
    columns = dict(zip("xyz"[:dim], path.T, strict=True))
    drawn = _line(ax, columns, colour, line, width, alpha)
    record(ax, drawn, name, columns)
    return drawn


def training(
    ax: Axes,
    losses: Mapping[str, Float[Tensor, " steps"]],
    *,
    colours: Mapping[str, str] | None = None,
    every: int = 1,
    yscale: str = "log",
    xlabel: str = "step",
    ylabel: str = "loss",
) -> list[Line2D]:
    """Draw losses over steps, each named at its right end, each in a line style of its own.

    `every` is the number of steps between two values. The keys are the names.
    """
    palette = ("red", "purple", "blue", "orange", "green", "aqua")
    ax.set(yscale=yscale)
    drawn = []
    for index, (name, loss) in enumerate(losses.items()):
        values = torch.as_tensor(loss)
        steps = torch.arange(len(values), dtype=torch.float64) * every
        colour = (colours or {}).get(name, palette[index % len(palette)])
        style_name = list(LINES)[index % len(LINES)]
        one = name.replace(" ", "-")
        drawn.append(curve(ax, steps, values, colour=colour, name=one, line=style_name, text=name))
    with style():
        ax.set(xlabel=xlabel, ylabel=ylabel)
    return drawn


def _line(
    ax: Axes, columns: Mapping[str, Any], colour: str, line: str, width: float, alpha: float
) -> Line2D:
    if line not in LINES:
        raise ValueError(f"line must be one of {', '.join(LINES)}. Got {line!r}.")
    with style():
        (drawn,) = ax.plot(
            *columns.values(), color=hex_of(colour), ls=LINES[line], lw=width, alpha=alpha
        )
    return drawn


def segments(
    ax: Axes,
    start: Float[Tensor, "batch 2"],
    end: Float[Tensor, "batch 2"],
    *,
    colour: str = "ink",
    name: str = "segments",
    line: str = "solid",
    width: float = 0.9,
) -> Line2D:
    """Join each start to its end: residuals, or a sample and what it is attracted to.

    Raises:
        ValueError: if start and end are not both (batch, 2).
    """
    here, there = array(start), array(end)
    if here.shape != there.shape or here.ndim != 2 or here.shape[1] != 2:
        raise ValueError(
            f"start and end must have shape (batch, 2). Got {here.shape} and {there.shape}."
        )
    gap = array([[float("nan")] * 2] * len(here))
    both = array([here, there, gap]).swapaxes(0, 1).reshape(-1, 2)
    drawn = _line(ax, dict(zip("xy", both.T, strict=True)), colour, line, width, 1.0)
    columns = {"x": here[:, 0], "y": here[:, 1], "x1": there[:, 0], "y1": there[:, 1]}
    record(ax, drawn, name, columns, kind="segments")
    return drawn
