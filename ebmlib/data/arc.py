r"""Three quarters of the unit circle, with noise: the smallest manifold."""

import math
from typing import NamedTuple

import torch
from jaxtyping import Float
from torch import Tensor

from ebmlib.checks import check_count, check_last
from ebmlib.grids import circle

ARC = (-math.pi / 4, 5 * math.pi / 4)
"""The arc's two ends, in radians: three quarters of the unit circle, open at the bottom."""


class Nearest(NamedTuple):
    """What `nearest_on_arc` finds for each point."""

    y: Float[Tensor, "*batch 2"]
    """The nearest point of the arc."""
    theta: Float[Tensor, "*batch 1"]
    """Its angle in radians."""
    tangent: Float[Tensor, "*batch 2"]
    """The arc's direction there, of unit length."""


def arc(
    n: int,
    *,
    noise: float = 0.1,
    generator: torch.Generator | None = None,
    dtype: torch.dtype | None = None,
) -> Float[Tensor, "{n} 2"]:
    r"""Draw n points near three quarters of the unit circle.

    Formula:
        y = (cos theta, sin theta) + noise eps, theta ~ U(-pi/4, 5 pi/4), eps ~ N(0, I).

    Raises:
        ValueError: if n < 1 or noise < 0.
    """
    check_count("n", n)
    if not noise >= 0:
        raise ValueError(f"noise must be >= 0. Got {noise}.")
    device = generator.device if generator is not None else None
    uniform = torch.rand(n, 1, generator=generator, dtype=dtype, device=device)
    eps = torch.randn(n, 2, generator=generator, dtype=dtype, device=device)
    return circle(ARC[0] + (ARC[1] - ARC[0]) * uniform) + noise * eps


def nearest_on_arc(y: Float[Tensor, "*batch 2"]) -> Nearest:
    """The point of the arc nearest to each y, its angle and the tangent there.

    Raises:
        ValueError: if the last dimension of y is not 2.
    """
    check_last("y", y, 2, "(*batch, 2)")
    middle = (ARC[0] + ARC[1]) / 2
    # Angles from the arc's middle, in (-pi, pi]: beyond the arc's end the end is the nearest.
    turned = torch.atan2(y[..., 1:], y[..., :1]) - middle
    turned = torch.atan2(turned.sin(), turned.cos())
    half = (ARC[1] - ARC[0]) / 2
    theta = middle + turned.clamp(-half, half)
    return Nearest(circle(theta), theta, torch.cat([-theta.sin(), theta.cos()], -1))
