"""Samples in the plane or in space: one path a class, so that thousands stay small."""

from collections.abc import Sequence

import numpy as np
import torch
from jaxtyping import Float, Int
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from torch import Tensor

from ebmlib.plot.canvas.glyphs import SHAPES, Glyphs
from ebmlib.plot.canvas.palette import colour as hex_of
from ebmlib.plot.canvas.record import array, record
from ebmlib.plot.canvas.style import style

CLASS_COLOURS = ("blue", "orange", "green", "purple", "pink", "aqua", "red", "lavender", "yellow")


def points(
    ax: Axes,
    y: Float[Tensor, "batch dim"],
    *,
    colour: str = "blue",
    name: str = "y",
    shape: str = "dot",
    size: float = 4.0,
    alpha: float = 1.0,
) -> Line2D | Glyphs:
    """Draw samples of 2 or 3 components.

    `shape` is dot, square, diamond, triangle, cross, plus or ring (in space: dot).

    Units: `size` is the diameter in points.

    Raises:
        ValueError: if y is not (batch, 2), or (batch, 3) on 3-d axes, or for a shape or colour that
            is not known.
    """
    samples = array(y)
    dim = 3 if ax.name == "3d" else 2
    if samples.ndim != 2 or samples.shape[1] != dim:
        raise ValueError(f"y must have shape (batch, {dim}). Got {samples.shape}.")
    if shape not in (SHAPES if dim == 2 else ("dot",)):
        raise ValueError(f"shape must be one of {', '.join(SHAPES)} (3-d: dot). Got {shape!r}.")
    artist: Line2D | Glyphs
    with style():
        if dim == 2:
            artist = Glyphs(samples, shape, size, hex_of(colour), alpha)
            ax.add_line(artist)
        else:
            artist = _dots(ax, samples, size, hex_of(colour), alpha)
        ax.autoscale_view()
    columns = dict(zip("xyz"[:dim], samples.T, strict=True))
    record(ax, artist, name, columns, kind=f"points:{shape}")
    return artist


def classes(
    ax: Axes,
    y: Float[Tensor, "batch 2"],
    k: Int[Tensor, " batch"],
    *,
    colours: Sequence[str] = CLASS_COLOURS,
    shapes: Sequence[str] | None = None,
    name: str = "y",
    size: float = 4.0,
    alpha: float = 1.0,
) -> list[Line2D | Glyphs]:
    """Draw samples by class, each class in a colour and a shape of its own.

    The table's names are `name` and the class: y0, y1, y2.

    Raises:
        ValueError: if k is not one class a sample.
    """
    samples, labels = torch.as_tensor(y), torch.as_tensor(k)
    if labels.shape != samples.shape[:1]:
        raise ValueError(f"k must have shape ({len(samples)},). Got {tuple(labels.shape)}.")
    shapes = shapes or SHAPES
    drawn = []
    for index, one in enumerate(sorted(set(labels.tolist()))):
        here = samples[labels == one]
        drawn.append(
            points(
                ax,
                here,
                colour=colours[index % len(colours)],
                shape=shapes[index % len(shapes)],
                name=f"{name}{int(one)}",
                size=size,
                alpha=alpha,
            )
        )
    return drawn


def _dots(ax: Axes, samples: np.ndarray, size: float, value: str, alpha: float) -> Line2D:
    """Zero-length strokes with round caps: to the eye they are discs."""
    strokes = np.full((len(samples), 3, samples.shape[1]), np.nan)
    strokes[:, :2] = samples[:, None]
    columns = strokes.reshape(-1, samples.shape[1]).T
    (line,) = ax.plot(*columns, color=value, lw=size, solid_capstyle="round", alpha=alpha)
    return line
