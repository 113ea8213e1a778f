"""An energy over one variable, with its minima."""

import numpy as np
import torch
from jaxtyping import Float
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from torch import Tensor

from ebmlib.plot.canvas.record import array
from ebmlib.plot.curves import curve
from ebmlib.plot.points import points


def energy(
    ax: Axes,
    z: Float[Tensor, " points"],
    E: Float[Tensor, " points"],
    *,
    colour: str = "red",
    name: str = "E",
    line: str = "solid",
    minima: bool = True,
    periodic: bool = False,
    text: str = "",
    unit: str | None = None,
) -> Line2D:
    """Draw E over z, its local minima as rings and its least one as a disc, in the latent's orange.

    `periodic` takes the ends of z as neighbours: an end may then be a minimum. `unit` is z's,
    for the table.

    Raises:
        ValueError: if z and E are not vectors of one length.
    """
    drawn = curve(ax, z, E, colour=colour, name=name, line=line, text=text, units=(unit, None))
    if minima:
        places, values = array(z), array(E)
        for kind, found in zip(("local", "least"), _minima(values, periodic), strict=True):
            if len(found):
                where = torch.tensor(np.stack((places[found], values[found]), 1))
                shape = "ring" if kind == "local" else "dot"
                mark = points(
                    ax, where, colour="orange", shape=shape, size=6, name=f"{name}-{kind}"
                )
                mark.set_zorder(4)
    return drawn


def _minima(values: np.ndarray, periodic: bool) -> tuple[np.ndarray, np.ndarray]:
    """Where the values are lower than both neighbours, without the least; and the least."""
    edge = values if periodic else np.full(1, -np.inf)  # an end is no minimum by itself
    left = np.concatenate((edge[-1:], values[:-1]))
    right = np.concatenate((values[1:], edge[:1]))
    lower = np.flatnonzero((values < left) & (values <= right))
    least = int(values.argmin())
    return lower[lower != least], np.array([least])
