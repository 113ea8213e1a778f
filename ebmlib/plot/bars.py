"""A few numbers: as bars, or as the cells of a matrix with its numbers in it."""

from collections.abc import Sequence

import numpy as np
from jaxtyping import Float
from matplotlib.axes import Axes
from matplotlib.collections import PolyCollection
from torch import Tensor

from ebmlib.plot.canvas.palette import colour as hex_of
from ebmlib.plot.canvas.record import array, record
from ebmlib.plot.canvas.style import style


def bars(
    ax: Axes,
    heights: Float[Tensor, " bars"],
    *,
    x: Float[Tensor, " bars"] | None = None,
    colour: str = "green",
    name: str = "y",
    width: float = 0.7,
    alpha: float = 0.85,
) -> PolyCollection:
    """Draw one bar for each height, at 1, 2, 3, ... or at x; `width` is in the units of x.

    Raises:
        ValueError: if x and heights are not vectors of one length.
    """
    tops = array(heights)
    middles = np.arange(1.0, tops.size + 1) if x is None else array(x)
    if tops.ndim != 1 or middles.shape != tops.shape:
        raise ValueError(
            f"x and heights must be vectors of one length. Got {middles.shape} and {tops.shape}."
        )
    left, right, zero = middles - width / 2, middles + width / 2, np.zeros_like(tops)
    corners = [(left, zero), (right, zero), (right, tops), (left, tops)]
    quads = np.stack([np.stack(corner, 1) for corner in corners], 1)
    with style():
        drawn = PolyCollection(list(quads), facecolors=hex_of(colour), alpha=alpha, linewidths=0)
        ax.add_collection(drawn)
        ax.autoscale_view()
    record(ax, drawn, name, {"x": middles, "y": tops}, kind=f"bars:{width:g}")
    return drawn


def matrix(
    ax: Axes,
    A: Float[Tensor, "rows columns"],
    *,
    colour: str = "purple",
    negative: str = "orange",
    name: str = "A",
    numbers: bool = True,
    form: str = "{:.2g}",
    rows: Sequence[str] = (),
    columns: Sequence[str] = (),
) -> PolyCollection:
    """Draw the cells of a matrix, tinted by their size, in one colour above zero and one below.

    `numbers` writes the entries into the cells by `form`; `rows` and `columns` name them.

    Raises:
        ValueError: if A has not two dimensions.
    """
    entries = array(A)
    if entries.ndim != 2:
        raise ValueError(f"A must have shape (rows, columns). Got {entries.shape}.")
    high, wide = entries.shape
    i, j = (side.ravel() for side in np.indices(entries.shape))
    square = np.array([(0, 0), (1, 0), (1, 1), (0, 1)], dtype=float)
    quads = np.stack((j, i), 1)[:, None] + 0.5 + square
    size = max(float(np.abs(entries).max()), 1e-12)
    plus, minus, ink = (hex_of(one) for one in (colour, negative, "ink"))
    faces = [(plus if value >= 0 else minus, 0.55 * abs(value) / size) for value in entries.ravel()]
    with style():
        drawn = PolyCollection(
            list(quads), facecolors=faces, edgecolors=[(ink, 0.25)], linewidths=0.5
        )
        ax.add_collection(drawn)
        ax.set(xlim=(0.5, wide + 0.5), ylim=(high + 0.5, 0.5), aspect="equal")
        for side in ("left", "bottom"):
            ax.spines[side].set_visible(False)
        ax.tick_params(length=0)
        ax.set_xticks(range(1, wide + 1), columns or None)
        ax.set_yticks(range(1, high + 1), rows or None)
        if numbers:
            for row, column, value in zip(i, j, entries.ravel(), strict=True):
                text = form.format(value).replace("-", "\N{MINUS SIGN}")
                ax.text(float(column + 1), float(row + 1), f"${text}$", ha="center", va="center")
    head = {"row": i + 1.0, "column": j + 1.0, "value": entries.ravel()}
    record(ax, drawn, name, head, kind="cells")
    return drawn
