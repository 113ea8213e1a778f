"""A function over the plane as the few cells at which it was sampled."""

import numpy as np
from jaxtyping import Float
from matplotlib.axes import Axes
from matplotlib.image import AxesImage
from torch import Tensor

from ebmlib.plot.canvas.record import array, of, record, root
from ebmlib.plot.canvas.tints import tint


def sampled(
    ax: Axes,
    x: Float[Tensor, " columns"],
    y: Float[Tensor, " rows"],
    F: Float[Tensor, "rows columns"],
    *,
    colour: str = "red",
    name: str = "F",
    high: float | None = None,
    thickest: float = 0.7,
) -> AxesImage:
    """Tint one square cell round each sample, thicker where F is high, without smoothing.

    Shapes: ``F[i, j]`` was taken at ``(x[j], y[i])``; both grids are evenly spaced.

    ``high`` is the value of the thickest tint, by default the greatest of F; the least has none.

    Raises: ValueError where F is not (rows, columns).
    """
    gx, gy, values = array(x), array(y), array(F)
    if values.shape != (len(gy), len(gx)):
        raise ValueError(
            f"F must have shape (rows, columns) = ({gy.size}, {gx.size}). Got {values.shape}."
        )
    low = values.min()
    top = values.max() if high is None else high
    thickness = np.clip(thickest * (values - low) / max(top - low, 1e-12), 0, thickest)
    image = tint(ax, gx, gy, thickness, colour, "pending", smooth=False)
    half_x, half_y = (gx[1] - gx[0]) / 2, (gy[1] - gy[0]) / 2
    ax.set(xlim=(gx[0] - half_x, gx[-1] + half_x), ylim=(gy[0] - half_y, gy[-1] + half_y))
    mx, my = np.meshgrid(gx, gy)
    columns = {"x": mx.ravel(), "y": my.ravel(), "F": values.ravel()}
    record(ax, image, name, columns, kind=f"cells:{len(gy)}x{len(gx)}")
    rasters = of(root(ax)).rasters
    rasters[str(image.get_gid())] = rasters.pop("pending")
    return image
