"""Vectors over the plane as one path; critical points, each kind in a shape of its own."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import torch
from jaxtyping import Float
from matplotlib.axes import Axes
from matplotlib.path import Path
from torch import Tensor

from ebmlib.plot.canvas.glyphs import OnePath
from ebmlib.plot.canvas.palette import colour as hex_of
from ebmlib.plot.canvas.record import Array, array, record
from ebmlib.plot.canvas.style import style
from ebmlib.plot.points import points

KINDS = {
    "sink": ("dot", "green"),
    "saddle": ("cross", "ink"),
    "source": ("ring", "red"),
    "degenerate": ("square", "muted"),
}


class Arrows(OnePath):
    """Arrows from tails to tips."""

    def __init__(self, tails: Array, tips: Array, alpha: float, **how: Any) -> None:
        ends = np.concatenate((tails, tips))
        super().__init__(*ends.T, linestyle="none", alpha=alpha, **how)
        self.count, self.opacity = len(tails), alpha

    def path(self, pixels: float) -> Path:
        """Shafts and heads as strokes."""
        ends = self.get_transform().transform(self.get_xydata())
        tails, tips = ends[: self.count], ends[self.count :]
        along = tips - tails
        length = np.linalg.norm(along, axis=1, keepdims=True)
        unit = along / np.maximum(length, 1e-9)
        across = unit[:, ::-1] * (-1, 1)
        head = np.minimum(0.4 * length, 4.0 * pixels)
        left, right = (tips - head * (unit + side * 0.5 * across) for side in (1, -1))
        vertices = np.stack((tails, tips, left, tips, right), 1).reshape(-1, 2)
        strokes = [Path.MOVETO, Path.LINETO, Path.MOVETO, Path.LINETO, Path.LINETO]
        return Path(vertices, np.tile(strokes, self.count))


def arrows(
    ax: Axes,
    y: Float[Tensor, "batch 2"],
    v: Float[Tensor, "batch 2"],
    *,
    colour: str = "ink",
    name: str = "v",
    scale: float = 1.0,
    width: float = 0.9,
    alpha: float = 1.0,
) -> Arrows:
    """Draw at each y the vector v, `scale` times as long as it is in the axes' units.

    Forces on samples, minus a gradient, the field that a denoiser points along.

    Raises:
        ValueError: if y and v are not both (batch, 2).
    """
    tails, along = array(y), array(v)
    if tails.shape != along.shape or tails.ndim != 2 or tails.shape[1] != 2:
        raise ValueError(
            f"y and v must have shape (batch, 2). Got {tails.shape} and {along.shape}."
        )
    with style():
        drawn = Arrows(tails, tails + scale * along, alpha, color=hex_of(colour), linewidth=width)
        ax.add_line(drawn)
        ax.autoscale_view()
    columns = {"x": tails[:, 0], "y": tails[:, 1], "u": along[:, 0], "v": along[:, 1]}
    record(ax, drawn, name, columns, kind=f"arrows:{scale:g}")
    return drawn


def critical(
    ax: Axes,
    y: Float[Tensor, "batch 2"],
    kinds: Sequence[str],
    *,
    name: str = "critical",
    size: float = 7.0,
) -> None:
    """Mark where a field vanishes: sinks filled, saddles crossed, sources hollow,
    degenerate ones square.

    Raises:
        ValueError: for another kind, or if kinds is not one word a point.
    """
    where = torch.as_tensor(y)
    if len(kinds) != len(where):
        raise ValueError(f"kinds must hold {len(where)} words, one a point. Got {len(kinds)}.")
    for word in sorted(set(kinds), key=list(kinds).index):
        if word not in KINDS:
            raise ValueError(f"kinds must be of {', '.join(KINDS)}. Got {word!r}.")
        shape, colour = KINDS[word]
        here = where[torch.tensor([kind == word for kind in kinds])]
        drawn = points(ax, here, colour=colour, shape=shape, size=size, name=f"{name}-{word}")
        drawn.set_zorder(5)
