"""An outer product as a multiplication table."""

import torch
from jaxtyping import Float
from matplotlib.axes import Axes
from torch import Tensor

from ebmlib.plot.bars import matrix
from ebmlib.plot.canvas.style import style


def product(
    ax: Axes,
    a: Float[Tensor, " rows"],
    b: Float[Tensor, " columns"],
    *,
    colour: str = "red",
    negative: str = "blue",
    heads: tuple[str, str] = ("$a$", r"$b^\mathsf{T}$"),
    name: str = "product",
) -> None:
    """Draw the outer product of a and b, with a heading the rows and b heading the columns.

    Raises:
        ValueError: if a and b are not vectors.
    """
    if a.ndim != 1 or b.ndim != 1:
        raise ValueError(f"a and b must be vectors. Got {tuple(a.shape)} and {tuple(b.shape)}.")
    rows, columns = ([_text(value) for value in side.tolist()] for side in (a, b))
    outer = torch.outer(a, b) + 0.0  # no minus before a zero
    matrix(ax, outer, colour=colour, negative=negative, name=name, rows=rows, columns=columns)
    with style():
        ax.xaxis.tick_top()
        ax.xaxis.set_label_position("top")
        ax.tick_params(length=0)
        for side in ("left", "right", "top", "bottom"):
            ax.spines[side].set_visible(False)
        ax.set(ylabel=heads[0], xlabel=heads[1])


def _text(value: float) -> str:
    return f"${value + 0.0:.3g}$"
