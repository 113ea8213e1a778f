"""A net of lines: the plane before and after a map, and a manifold in space."""

import numpy as np
from jaxtyping import Float
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from torch import Tensor

from ebmlib.plot.canvas.palette import colour as hex_of
from ebmlib.plot.canvas.record import Array, array, record
from ebmlib.plot.canvas.style import style


def grid(
    ax: Axes,
    y: Float[Tensor, "rows columns dim"],
    *,
    colour: str = "green",
    name: str = "grid",
    width: float = 0.8,
    alpha: float = 0.9,
    along: str = "both",
) -> Line2D:
    """Join the nodes of a net along its rows and its columns, in the plane or in space.

    Show where a map sends a square net, or a manifold y(x, z) over a net of x and z. `along` is
    rows, columns or both.

    Raises:
        ValueError: if y is not (rows, columns, 2), or 3 on 3-d axes.
    """
    nodes = array(y)
    dim = 3 if ax.name == "3d" else 2
    if nodes.ndim != 3 or nodes.shape[2] != dim:
        raise ValueError(f"y must have shape (rows, columns, {dim}). Got {nodes.shape}.")
    if along not in ("both", "rows", "columns"):
        raise ValueError(f"along must be rows, columns or both. Got {along!r}.")
    lines = []
    if along != "columns":
        lines.append(_strokes(nodes))
    if along != "rows":
        lines.append(_strokes(nodes.swapaxes(0, 1)))
    with style():
        (drawn,) = ax.plot(*np.concatenate(lines).T, color=hex_of(colour), lw=width, alpha=alpha)
    columns = dict(zip("xyz"[:dim], nodes.reshape(-1, dim).T, strict=True))
    record(ax, drawn, name, columns, kind=f"grid:{along}:{nodes.shape[0]}x{nodes.shape[1]}")
    return drawn


def lattice(low: float, high: float, lines: int, points: int) -> tuple[Array, Array]:
    """Two nets over the square [low, high]^2 with straight sides finely sampled.

    Shapes: (lines, points, 2) twice, the horizontal lines and the vertical ones: map both and draw
    each with `grid(..., along='rows')`, so that bent lines stay smooth.
    """
    coarse, fine = np.linspace(low, high, lines), np.linspace(low, high, points)
    across = np.stack(np.meshgrid(fine, coarse), -1)
    return across, across[..., ::-1].copy()


def _strokes(nodes: Array) -> Array:
    """The lines one after the other, parted by nan."""
    gap = np.full((len(nodes), 1, nodes.shape[2]), np.nan)
    return np.concatenate((nodes, gap), 1).reshape(-1, nodes.shape[2])
