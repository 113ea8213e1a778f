"""Polygons that tile a piece of the plane, each with a tint of its own."""

from collections.abc import Sequence

import numpy as np
from jaxtyping import Float
from matplotlib.axes import Axes
from matplotlib.collections import PolyCollection
from torch import Tensor

from ebmlib.plot.canvas.palette import colour as hex_of
from ebmlib.plot.canvas.record import array, record
from ebmlib.plot.canvas.style import style


def polygons(
    ax: Axes,
    corners: Sequence[Float[Tensor, "_ 2"]],
    values: Float[Tensor, " polygons"],
    *,
    colour: str = "green",
    name: str = "piece",
    width: float = 0.5,
    thickest: float = 0.6,
) -> PolyCollection:
    """Draw polygons with thin borders, the thicker in colour the larger their value.

    Raises:
        ValueError: if there is not one value a polygon.
    """
    heights = array(values)
    if heights.shape != (len(corners),):
        raise ValueError(
            f"values must have shape ({len(corners)},), one a polygon. Got {heights.shape}."
        )
    share = (heights - heights.min()) / max(float(np.ptp(heights)), 1e-12)
    rings = [array(ring) for ring in corners]
    fills = [(hex_of(colour), thickest * one) for one in share.round(2)]
    with style():
        drawn = PolyCollection(
            rings, facecolors=fills, edgecolors=hex_of("ink"), linewidths=width, zorder=1
        )
        ax.add_collection(drawn)
        ax.autoscale_view()
    index = np.repeat(np.arange(len(rings)), [len(ring) for ring in rings])
    x, y = np.concatenate(rings).T
    columns = {"polygon": index, "x": x, "y": y, "value": heights[index]}
    record(ax, drawn, name, columns, kind="polygons")
    return drawn


def tiles(
    ax: Axes,
    cells: Sequence[Float[Tensor, "_ 2"]],
    colours: Sequence[str],
    *,
    name: str = "cell",
    thickness: float = 0.3,
    width: float = 0.5,
) -> PolyCollection:
    """Draw one polygon a class, each in the tint of its class; empty ones are left out.

    Raises:
        ValueError: if all cells are empty.
    """
    kept = [(array(ring), colours[k % len(colours)]) for k, ring in enumerate(cells) if len(ring)]
    if not kept:
        raise ValueError("cells must hold a polygon. Got none.")
    with style():
        drawn = PolyCollection(
            [ring for ring, _ in kept],
            facecolors=[(hex_of(colour), thickness) for _, colour in kept],
            edgecolors=hex_of("ink"),
            linewidths=width,
            zorder=0,
        )
        ax.add_collection(drawn)
        ax.autoscale_view()
    index = np.repeat([k for k, ring in enumerate(cells) if len(ring)], [len(r) for r, _ in kept])
    x, y = np.concatenate([ring for ring, _ in kept]).T
    record(ax, drawn, name, {"class": index, "x": x, "y": y}, kind="tiles")
    return drawn
