"""Fuzzy codes as bubbles: ellipses in the plane of two latents."""

import numpy as np
from jaxtyping import Float
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from torch import Tensor

from ebmlib.plot.canvas.palette import colour as hex_of
from ebmlib.plot.canvas.record import array, record
from ebmlib.plot.canvas.style import style


def bubbles(
    ax: Axes,
    mu: Float[Tensor, "batch 2"],
    spread: Float[Tensor, "batch 2"],
    *,
    colour: str = "orange",
    name: str = "bubble",
    width: float = 0.7,
    alpha: float = 0.7,
) -> Line2D:
    """Draw Gaussians of two independent components as ellipses of one standard deviation.

    Units: `spread` holds the standard deviations, in the axes' units.

    Raises:
        ValueError: if mu and spread are not both (batch, 2).
    """
    centres, axes = array(mu), array(spread)
    if centres.shape != axes.shape or centres.ndim != 2 or centres.shape[1] != 2:
        raise ValueError(
            f"mu and spread must have shape (batch, 2). Got {centres.shape} and {axes.shape}."
        )
    turn = np.linspace(0, 2 * np.pi, 25)
    circle = np.stack((np.cos(turn), np.sin(turn)), 1)
    rims = centres[:, None] + axes[:, None] * circle
    gap = np.full((len(rims), 1, 2), np.nan)
    path = np.concatenate((rims, gap), 1).reshape(-1, 2)
    with style():
        (drawn,) = ax.plot(*path.T, color=hex_of(colour), lw=width, alpha=alpha)
    record(ax, drawn, name, {"x": path[:, 0], "y": path[:, 1]})
    return drawn
