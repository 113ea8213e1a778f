"""Many marks as one path: a page with thousands of points stays small and follows the theme."""

from abc import ABC, abstractmethod
from typing import Any

import numpy as np
import numpy.typing as npt
from matplotlib.colors import to_rgba
from matplotlib.lines import Line2D
from matplotlib.path import Path
from matplotlib.transforms import IdentityTransform

_FILLED = {
    "square": [(-0.44, -0.44), (0.44, -0.44), (0.44, 0.44), (-0.44, 0.44)],
    "diamond": [(0, -0.62), (0.62, 0), (0, 0.62), (-0.62, 0)],
    "triangle": [(-0.58, -0.38), (0.58, -0.38), (0, 0.64)],
}
_STROKED = {
    "dot": [(0, 0), (0, 0)],
    "cross": [(-0.46, -0.46), (0.46, 0.46), (-0.46, 0.46), (0.46, -0.46)],
    "plus": [(-0.6, 0), (0.6, 0), (0, -0.6), (0, 0.6)],
}
_CIRCLE = [(0.5 * np.cos(t), 0.5 * np.sin(t)) for t in np.arange(16) * np.pi / 8]
SHAPES = ("dot", "square", "triangle", "cross", "diamond", "plus", "ring")


class OnePath(Line2D, ABC):
    """Points that are drawn as one path of marks. To Matplotlib it is a line through them."""

    opacity = 1.0
    face: Any = None

    @abstractmethod
    def path(self, pixels: float) -> Path:
        """The whole path in display units, `pixels` to a point."""

    def draw(self, renderer: Any) -> None:
        """Draw all marks in one go; Matplotlib's renderers come in several classes."""
        if not self.get_visible():
            return
        renderer.open_group("line2d", self.get_gid())
        gc = renderer.new_gc()
        self._set_gc_clip(gc)  # type: ignore[attr-defined]
        gc.set_foreground(self.get_color())
        gc.set_alpha(self.opacity)
        gc.set_capstyle("round")
        gc.set_joinstyle("round")
        pixels = float(np.asarray(renderer.points_to_pixels(1.0)))
        gc.set_linewidth(pixels * self.get_linewidth())
        renderer.draw_path(gc, self.path(pixels), IdentityTransform(), self.face)
        gc.restore()
        renderer.close_group("line2d")


class Glyphs(OnePath):
    """Points of one shape and one size."""

    def __init__(
        self, xy: npt.NDArray[np.float64], shape: str, size: float, colour: str, alpha: float
    ) -> None:
        strokes = {"dot": size} | dict.fromkeys(_FILLED, 0.0)
        width = strokes.get(shape, 0.28 * size)
        super().__init__(*xy.T, color=colour, linestyle="none", alpha=alpha, linewidth=width)
        self.shape, self.size, self.opacity = shape, size, alpha
        self.face = to_rgba(colour, alpha) if shape in _FILLED else None

    def path(self, pixels: float) -> Path:
        """Each mark's corners around its point."""
        xy = self.get_transform().transform(self.get_xydata())
        xy = xy[np.isfinite(xy).all(axis=1)]
        if self.shape in _STROKED:
            mark = np.array(_STROKED[self.shape], dtype=float)
            codes = [Path.MOVETO, Path.LINETO] * (len(mark) // 2)
        else:
            corners = _FILLED.get(self.shape, _CIRCLE)
            mark = np.array([*corners, corners[0]], dtype=float)
            codes = [Path.MOVETO, *[Path.LINETO] * (len(corners) - 1), Path.CLOSEPOLY]
        vertices = (xy[:, None] + pixels * self.size * mark).reshape(-1, 2)
        return Path(vertices, np.tile(codes, len(xy)))
