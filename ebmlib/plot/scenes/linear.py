"""What a linear map does to the unit circle and to two directions of it."""

from collections.abc import Sequence

import torch
from jaxtyping import Float
from matplotlib.axes import Axes
from torch import Tensor

from ebmlib.grids import angles, circle
from ebmlib.plot.arrows import arrows
from ebmlib.plot.curves import trace
from ebmlib.plot.words import label


def unit_circle(n: int = 96, *, dtype: torch.dtype | None = None) -> Float[Tensor, "{n} 2"]:
    """Return n points of the unit circle, one a row, without the last that would be the first."""
    return circle(angles(n, dtype=dtype))


def axes_of(
    ax: Axes,
    curve: Float[Tensor, "points 2"],
    directions: Float[Tensor, "axes 2"],
    *,
    colour: str,
    texts: Sequence[str] = (),
    name: str = "circle",
    line: str = "solid",
) -> None:
    """Draw a closed curve and arrows from the origin, one for each row of directions.

    `texts` name the arrows at their tips, on the outer side of the curve.
    """
    trace(ax, curve, colour=colour, name=name, closed=True, line=line)
    drawn = arrows(
        ax, torch.zeros_like(directions), directions, colour=colour, name=f"{name}-axes", width=1.4
    )
    drawn.set_zorder(4)
    for tip, text in zip(directions.tolist(), texts, strict=False):
        if abs(tip[0]) > 2 * abs(tip[1]):
            where = "left" if tip[0] < 0 else "right"
        else:
            where = "below" if tip[1] < 0 else "above"
        label(ax, tip[0], tip[1], text, colour, where=where, offset=8)


def straight(
    ax: Axes,
    w: Float[Tensor, " 3"],
    *,
    colour: str = "purple",
    name: str = "line",
    reach: float = 10.0,
    line: str = "solid",
    width: float = 1.4,
    alpha: float = 1.0,
) -> None:
    """Draw the line w_1 x + w_2 y + w_3 = 0, `reach` to both sides; set the limits afterwards.

    Raises:
        ValueError: if w_1 and w_2 are both zero.
    """
    normal, offset = w[:2], w[2]
    size = normal.norm()
    if size == 0:
        raise ValueError("w must have a direction. Got w_1 = w_2 = 0.")
    foot = -offset * normal / size**2
    along = torch.stack((-normal[1], normal[0])) / size
    ends = torch.stack((foot - reach * along, foot + reach * along))
    trace(ax, ends, colour=colour, name=name, line=line, width=width, alpha=alpha)
