"""Fields as tints: one colour of the stylesheet, laid on the page more or less thickly.

A tint is a raster that holds thickness only; the book's page paints it in the theme's colour, so
that a field reads on white and on black, and in grey.
"""

from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.colors import to_rgb
from matplotlib.image import AxesImage

from ebmlib.plot.canvas.palette import colour as hex_of
from ebmlib.plot.canvas.record import Array, array, decorate, of, root
from ebmlib.plot.canvas.style import style

LEVELS = 16  # of a mix of a colour with the ground
PIXELS = 160  # at least so many a side, so that print is smooth too


def tint(
    ax: Axes, x: Array, y: Array, thickness: Array, colour: str, *, smooth: bool = True
) -> AxesImage:
    """Lay a colour over the axes, in a thickness from 0 to 1 at each point of the grid x, y.

    The page paints it once it has a name: `record` the image, then `paint` it.
    """
    fine = enlarge(thickness) if smooth else thickness
    raster = np.empty((*fine.shape, 4), dtype=np.uint8)
    raster[..., :3] = np.round(255 * np.array(to_rgb(hex_of(colour))))
    raster[..., 3] = np.round(255 * np.clip(fine, 0.0, 1.0))
    # The outermost points lie in the middle of the outermost pixels.
    half_x, half_y = (
        (side[-1] - side[0]) / max(2 * (count - 1), 1)
        for side, count in ((x, fine.shape[1]), (y, fine.shape[0]))
    )
    extent = (x[0] - half_x, x[-1] + half_x, y[0] - half_y, y[-1] + half_y)
    with style():
        image = ax.imshow(
            raster, extent=extent, origin="lower", interpolation="none", aspect="auto", zorder=0
        )
    ax.set(xlim=(x[0], x[-1]), ylim=(y[0], y[-1]))
    decorate(ax, image)
    return image


def paint(ax: Axes, image: AxesImage, colour: str, *, smooth: bool = True) -> None:
    """Say in which of the theme's colours the page paints a tint that has its name."""
    of(root(ax)).rasters[str(image.get_gid())] = {"tint": colour, "smooth": smooth}


def mixes(ax: Axes, colour: str, thickness: Array) -> Any:
    """The hexes of a colour mixed with the ground, in steps; the pages mix them in their theme."""
    book, ink, ground = of(root(ax)), np.array(to_rgb(hex_of(colour))), to_rgb(hex_of("ground"))
    steps = np.round(np.clip(array(thickness), 0.0, 1.0) * LEVELS).astype(int)
    hexes = []
    for step in range(LEVELS + 1):
        share = step / LEVELS
        rgb = np.round(255 * (share * ink + (1 - share) * np.array(ground))).astype(int)
        value = "#" + "".join(f"{part:02x}" for part in rgb)
        hexes.append(value)
        if 0 < step < LEVELS:
            book.mixes[value] = (colour, round(100 * share, 2))
    return np.array(hexes)[steps]


def enlarge(values: Array) -> Array:
    """Linear interpolation onto a grid at least PIXELS fine whose ends are the same."""
    for axis in (0, 1):
        count = values.shape[axis]
        factor = int(np.ceil((PIXELS - 1) / max(count - 1, 1)))
        if factor > 1 and count > 1:
            place = np.linspace(0, count - 1, (count - 1) * factor + 1)
            low = np.minimum(place.astype(int), count - 2)
            share = (place - low).reshape((-1, 1) if axis == 0 else (1, -1))
            values = (1 - share) * values.take(low, axis) + share * values.take(low + 1, axis)
    return values
