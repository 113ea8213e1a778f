"""A vector as what it is: one height for each index."""

import torch
from jaxtyping import Float
from matplotlib.axes import Axes
from torch import Tensor

from ebmlib.plot.curves import segments
from ebmlib.plot.points import points


def stems(
    ax: Axes,
    k: Float[Tensor, " entries"],
    y: Float[Tensor, " entries"],
    *,
    colour: str = "blue",
    name: str = "y",
    size: float = 5.0,
    width: float = 0.9,
) -> None:
    """Draw at each k a line from zero to y, with a dot at its end.

    Raises:
        ValueError: if k and y are not vectors of one length.
    """
    if k.ndim != 1 or k.shape != y.shape:
        raise ValueError(
            f"k and y must be vectors of one length. Got {tuple(k.shape)} and {tuple(y.shape)}."
        )
    foot, head = torch.stack((k, torch.zeros_like(y)), 1), torch.stack((k, y), 1)
    segments(ax, foot, head, colour=colour, name=f"{name}-stem", width=width)
    points(ax, head, colour=colour, name=name, size=size)
