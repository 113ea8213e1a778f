"""A scalar over the plane: a tint with contours, regions of classes, a surface in space."""

from collections.abc import Sequence

import numpy as np
from jaxtyping import Float, Int
from matplotlib.axes import Axes
from matplotlib.image import AxesImage
from mpl_toolkits.mplot3d.art3d import Poly3DCollection
from torch import Tensor

from ebmlib.plot.canvas.palette import colour as hex_of
from ebmlib.plot.canvas.record import Array, array, decorate, of, record, root
from ebmlib.plot.canvas.style import style
from ebmlib.plot.canvas.tints import enlarge, mixes, paint, tint
from ebmlib.plot.points import CLASS_COLOURS


def field(
    ax: Axes,
    x: Float[Tensor, " columns"],
    y: Float[Tensor, " rows"],
    F: Float[Tensor, "rows columns"],
    *,
    colour: str = "red",
    name: str = "F",
    low: float | None = None,
    high: float | None = None,
    contours: int | Sequence[float] | None = None,
    labels: bool = True,
    thickest: float = 0.7,
    smooth: bool = True,
) -> AxesImage:
    """Tint the plane by F: the page's ground where F is low, the full colour where it is high.

    Shapes: `F[i, j]` belongs to the point `(x[j], y[i])`; both grids are evenly spaced.

    `low` and `high` are the values of no tint and of the thickest one, by default the least
    and the greatest of F: give them where several panels must compare. `contours` is how many,
    or at which values (7, and none without `smooth`); `labels` writes the values on them.
    Without `smooth` each sample has the cell round it, in one tint.

    Raises:
        ValueError: if F is not (rows, columns).
    """
    gx, gy, values = _grid(x, y, F, "F")
    low = float(values.min()) if low is None else low
    high = float(values.max()) if high is None else high
    thickness = thickest * (values - low) / max(high - low, 1e-12)
    image = tint(ax, gx, gy, np.clip(thickness, 0, thickest), colour, smooth=smooth)
    if not smooth:
        _show_whole_cells(ax, gx, gy)
    _record_raster(ax, image, name, gx, gy, values, "F", kind="raster" if smooth else "cells")
    paint(ax, image, colour, smooth=smooth)
    how = {"low": low, "high": high, "thickest": thickest}
    of(root(ax)).redrawn[str(image.get_gid())] = how
    contours = (7 if smooth else 0) if contours is None else contours
    if not isinstance(contours, int) or contours > 0:
        levels = contours if isinstance(contours, int) else sorted(contours)
        _contours(ax, gx, gy, values, levels, colour, labels)
    return image


def regions(
    ax: Axes,
    x: Float[Tensor, " columns"],
    y: Float[Tensor, " rows"],
    k: Int[Tensor, "rows columns"] | Float[Tensor, "classes rows columns"],
    *,
    colours: Sequence[str] = CLASS_COLOURS,
    name: str = "k",
    thickness: float = 0.3,
    borders: bool = True,
) -> list[AxesImage]:
    """Tint the plane by the class k of each point, with the borders between classes as lines.

    Shapes: `k[i, j]` is the class at `(x[j], y[i])`; class c has the colour `colours[c]`.
    With the classes' scores instead, (classes, rows, columns), the borders are smooth.

    Raises:
        ValueError: if k is not (rows, columns).
    """
    scores = array(k)
    if scores.ndim == 2:
        scores = (np.arange(int(scores.max()) + 1)[:, None, None] == scores).astype(float)
    gx, gy, labels = _grid(x, y, scores.argmax(0), "k")
    fine = np.stack([enlarge(score) for score in scores])
    images: list[AxesImage] = []
    for one in np.unique(labels).astype(int).tolist():
        here = (fine.argmax(0) == one).astype(float)
        colour = colours[one % len(colours)]
        image = tint(ax, gx, gy, thickness * here, colour)
        if not images:
            _record_raster(ax, image, name, gx, gy, labels, "k")
        else:
            image.set_gid(f"{images[0].get_gid()}.{len(images)}")
        paint(ax, image, colour)
        images.append(image)
        if borders:
            _border(ax, gx, gy, scores, one)
    how = {"scores": scores, "thickness": thickness, "classes": np.unique(labels).tolist()}
    of(root(ax)).redrawn[str(images[0].get_gid())] = how
    return images


def surface(
    ax: Axes,
    x: Float[Tensor, " columns"],
    y: Float[Tensor, " rows"],
    F: Float[Tensor, "rows columns"],
    *,
    colour: str = "red",
    name: str = "F",
    facets: int = 28,
    high: float | None = None,
) -> Poly3DCollection:
    """Draw F over the plane as a surface of facets, thicker in colour where F is high.

    `facets` is the greatest number of facets a side: finer grids are thinned out, their ends
    kept. `high` cuts the surface off above.

    Raises:
        ValueError: if F is not (rows, columns), or ax has two dimensions.
    """
    if ax.name != "3d":
        raise ValueError("surface needs axes in space: figure(projection='3d').")
    gx, gy, values = _grid(x, y, F, "F")
    rows, columns = (_thin(len(side), facets) for side in (gy, gx))
    gx, gy, values = gx[columns], gy[rows], values[np.ix_(rows, columns)]
    values = values if high is None else np.minimum(values, high)
    mx, my = np.meshgrid(gx, gy)
    nodes = np.stack((mx, my, values), -1)
    corners = np.stack((nodes[:-1, :-1], nodes[:-1, 1:], nodes[1:, 1:], nodes[1:, :-1]), 2)
    quads = corners.reshape(-1, 4, 3)
    mean = quads[:, :, 2].mean(1)
    share = 0.06 + 0.7 * (mean - values.min()) / max(float(np.ptp(values)), 1e-12)
    with style():
        drawn = Poly3DCollection(
            quads,
            facecolors=mixes(ax, colour, share),
            edgecolors=[(hex_of(colour), 0.6)],
            linewidths=0.35,
        )
        ax.add_collection3d(drawn)  # type: ignore[attr-defined]
        ax.auto_scale_xyz(mx, my, values)  # type: ignore[attr-defined]
    columns_of = {"x": mx.ravel(), "y": my.ravel(), "F": values.ravel()}
    record(ax, drawn, name, columns_of, kind=f"mesh:{len(gy)}x{len(gx)}")
    return drawn


def _border(ax: Axes, x: Array, y: Array, scores: Array, one: int) -> None:
    """The line where class `one` is as high as the highest of the others."""
    others = np.delete(scores, one, 0)
    if not len(others):
        return
    lead = scores[one] - others.max(0)
    if lead.min() < 0 < lead.max():
        with style():
            ink = hex_of("ink")
            decorate(ax, ax.contour(x, y, lead, [0.0], colors=ink, linewidths=0.5, zorder=1))


def _thin(count: int, facets: int) -> np.ndarray:
    return np.unique(np.linspace(0, count - 1, min(count, facets + 1)).round().astype(int))


def _grid(x: object, y: object, values: object, name: str) -> tuple[Array, Array, Array]:
    gx, gy, gv = array(x), array(y), array(values)
    if gx.ndim != 1 or gy.ndim != 1 or gv.shape != (len(gy), len(gx)):
        raise ValueError(
            f"{name} must have shape (rows, columns) = ({gy.size}, {gx.size}). Got {gv.shape}."
        )
    return gx, gy, gv


def _show_whole_cells(ax: Axes, x: Array, y: Array) -> None:
    """The outermost cells reach half a cell beyond the outermost samples."""
    half_x, half_y = (x[1] - x[0]) / 2, (y[1] - y[0]) / 2
    ax.set(xlim=(x[0] - half_x, x[-1] + half_x), ylim=(y[0] - half_y, y[-1] + half_y))


def _record_raster(
    ax: Axes,
    image: AxesImage,
    name: str,
    x: Array,
    y: Array,
    values: Array,
    head: str,
    kind: str = "raster",
) -> None:
    mx, my = np.meshgrid(x, y)
    columns = {"x": mx.ravel(), "y": my.ravel(), head: values.ravel()}
    record(ax, image, name, columns, kind=f"{kind}:{len(y)}x{len(x)}")


def _contours(
    ax: Axes,
    x: Array,
    y: Array,
    values: Array,
    levels: int | Sequence[float],
    colour: str,
    labels: bool,
) -> None:
    with style():
        lines = ax.contour(
            x, y, values, levels=levels, colors=hex_of(colour), linewidths=0.7, zorder=1
        )
        decorate(ax, lines)
        if labels:
            ax.clabel(lines, fontsize=10.0, colors=hex_of("ink"), fmt="%g")
