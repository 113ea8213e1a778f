"""The borders between classes alone, as lines: those of several nets can lie over each other."""

import numpy as np
from jaxtyping import Float
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from torch import Tensor

from ebmlib.plot.canvas.palette import colour as hex_of
from ebmlib.plot.canvas.record import array, record
from ebmlib.plot.canvas.style import style


def borders(
    ax: Axes,
    x: Float[Tensor, " columns"],
    y: Float[Tensor, " rows"],
    s: Float[Tensor, "classes rows columns"],
    *,
    colour: str = "ink",
    name: str = "border",
    width: float = 0.9,
) -> Line2D:
    """Draw where the highest of the scores changes from one class to another.

    Shapes: `s[k, i, j]` is the score of class k at `(x[j], y[i])`.

    Raises:
        ValueError: if s is not (classes, rows, columns), or one class is the highest everywhere.
    """
    gx, gy, scores = array(x), array(y), array(s)
    if scores.ndim != 3 or scores.shape[1:] != (len(gy), len(gx)):
        raise ValueError(
            f"s must have shape (classes, {gy.size}, {gx.size}) = (classes, rows, columns). "
            f"Got {scores.shape}."
        )
    strokes = []
    for one in range(len(scores)):
        lead = scores[one] - np.delete(scores, one, 0).max(0, initial=-np.inf)
        if not lead.min() < 0 < lead.max():
            continue
        found = ax.contour(gx, gy, lead, [0.0])
        for stroke in found.allsegs[0]:
            strokes += [stroke, np.full((1, 2), np.nan)]
        found.remove()
    if not strokes:
        raise ValueError("s must have its highest class change somewhere. Got one class only.")
    path = np.concatenate(strokes)
    with style():
        (drawn,) = ax.plot(*path.T, color=hex_of(colour), lw=width)
    record(ax, drawn, name, {"x": path[:, 0], "y": path[:, 1]})
    return drawn
