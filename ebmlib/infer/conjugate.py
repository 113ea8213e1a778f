"""Nonlinear conjugate gradient on the latent."""

from dataclasses import dataclass, field
from typing import NamedTuple

import torch
from jaxtyping import Float
from torch import Tensor

from ebmlib.energy import Energy
from ebmlib.infer.batch import Rows, dot, take
from ebmlib.infer.descend import Point, descend
from ebmlib.infer.minimum import Minimum
from ebmlib.infer.search import Wolfe


class Last(NamedTuple):
    """The last gradient and the direction that was taken there."""

    g: Float[Tensor, "*batch latent"]
    d: Float[Tensor, "*batch latent"]


@dataclass
class PolakRibiere:
    """Minus the gradient plus a share of the last direction; it forgets when that climbs."""

    _last: Last | None = field(default=None, init=False)

    def __call__(self, at: Point, /) -> Float[Tensor, "*batch latent"]:
        """d = -g + max(0, g . (g - g') / |g'|^2) d', where g' and d' are the last ones."""
        g, d = at.g, -at.g
        if self._last is not None:
            g_last, d_last = self._last
            share = dot(g, g - g_last) / dot(g_last, g_last)
            share = share.nan_to_num(nan=0.0, posinf=0.0).clamp(min=0).unsqueeze(-1)
            d = d + share * d_last
            climbs = dot(g, d).unsqueeze(-1) >= 0
            d = torch.where(climbs, -g, d)
        self._last = Last(g, d)
        return d

    def keep(self, rows: Rows, /) -> None:
        """Keep the last gradients and directions of these samples."""
        if self._last is not None:
            self._last = take(self._last, rows)


def conjugate_gradient(
    E: Energy,
    y: Float[Tensor, "*#batch dim"],
    z: Float[Tensor, "*#batch latent"],
    /,
    *,
    steps: int = 200,
    tolerance: float = 1e-5,
    path: bool = False,
) -> Minimum:
    """Nonlinear conjugate gradient (Polak-Ribiere, never negative) with a line search.

    Formula:
        z <- z + t d, d = -g + max(0, g . (g - g') / |g'|^2) d', with t from a search that
        meets the strong Wolfe conditions (flat = 0.1).
        With a scalar latent every direction is uphill or downhill: there it is steepest
        descent with a good line search.

    Args:
        E: the energy.
        y: targets.
        z: starts.
        steps: the most steps a sample may take.
        tolerance: a sample stops when no component of its gradient is larger.
        path: whether to keep every latent on the way.

    Raises:
        ValueError: on a wrong shape, a NaN, steps < 1 or tolerance < 0.

    Source: Polak and Ribiere, Note sur la convergence de methodes de directions conjuguees,
        1969; Nocedal and Wright, Numerical Optimization, 2006, section 5.2.

    Derived on: book/ellipse/inference.md
    """
    search = Wolfe(flat=0.1, strong=True)
    return descend(E, y, z, PolakRibiere(), search, steps=steps, tolerance=tolerance, path=path)
