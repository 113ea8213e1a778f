"""Many marks as one path: a page with thousands of points stays small and follows the theme."""

from typing import Any

import numpy as np
import numpy.typing as npt
from matplotlib.backend_bases import RendererBase
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


class Glyphs(Line2D):
    """Points of one shape. To Matplotlib it is a line through them, so that limits work alike."""

    def __init__(
        self, xy: npt.NDArray[np.float64], shape: str, size: float, colour: str, alpha: float
    ) -> None:
        super().__init__(*xy.T, color=colour, linestyle="none", alpha=alpha)
        self.shape, self.size, self.opacity = shape, size, alpha

    def draw(self, renderer: RendererBase) -> None:
        """Draw all marks as one compound path."""
        if not self.get_visible():
            return
        renderer.open_group("line2d", self.get_gid())
        gc = renderer.new_gc()
        self._set_gc_clip(gc)  # type: ignore[attr-defined]
        gc.set_foreground(self.get_color())
        gc.set_alpha(self.opacity)
        gc.set_capstyle("round")
        gc.set_joinstyle("round")
        points = float(np.asarray(renderer.points_to_pixels(1.0)))
        gc.set_linewidth(points * self._stroke())
        path = self._path_of(points * self.size)
        filled = self.shape in _FILLED
        face: Any = self._rgba() if filled else None
        renderer.draw_path(gc, path, IdentityTransform(), face)
        gc.restore()
        renderer.close_group("line2d")

    def _stroke(self) -> float:
        if self.shape == "dot":
            return self.size
        return 0.0 if self.shape in _FILLED else 0.28 * self.size

    def _rgba(self) -> tuple[float, ...]:
        from matplotlib.colors import to_rgba

        return to_rgba(self.get_color(), self.get_alpha())

    def _path_of(self, pixels: float) -> Path:
        xy = self.get_transform().transform(self.get_xydata())
        xy = xy[np.isfinite(xy).all(axis=1)]
        if self.shape in _STROKED:
            mark = np.array(_STROKED[self.shape], dtype=float)
            codes = [Path.MOVETO, Path.LINETO] * (len(mark) // 2)
        else:
            corners = _FILLED.get(self.shape, _CIRCLE)
            mark = np.array([*corners, corners[0]], dtype=float)
            codes = [Path.MOVETO, *[Path.LINETO] * (len(corners) - 1), Path.CLOSEPOLY]
        vertices = (xy[:, None] + pixels * mark).reshape(-1, 2)
        return Path(vertices, np.tile(codes, len(xy)))
