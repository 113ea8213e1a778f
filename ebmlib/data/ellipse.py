r"""Noisy points on an ellipse whose radii depend on an observed number x.

Each point needs an angle that nobody observes: the latent variable of the book's third chapter.
"""

import math
from typing import NamedTuple

import torch
from jaxtyping import Float
from torch import Tensor

from ebmlib.checks import check_count, check_last
from ebmlib.grids import circle

ALPHA, BETA = 1.5, 2.0
"""The two radii at x = 1, before the growth e^(2x); at x = 0 they change places."""


class Sample(NamedTuple):
    """What `ellipse` draws: one sample a row."""

    x: Float[Tensor, "n 1"]
    """Observed."""
    theta: Float[Tensor, "n 1"]
    """The true angle in radians, which a model never sees."""
    y: Float[Tensor, "n 2"]
    """Target."""


def rho(x: Float[Tensor, "*batch 1"]) -> Float[Tensor, "*batch 2"]:
    r"""Radii of the ellipse at x.

    Formula:
        rho(x) = (alpha x + beta (1 - x), beta x + alpha (1 - x)) e^(2x),
        alpha = 1.5, beta = 2, so that rho(0) = (2, 1.5).

    Raises:
        ValueError: if the last dimension of x is not 1.
    """
    check_last("x", x, 1, "(*batch, 1)")
    ends = torch.cat([ALPHA * x + BETA * (1 - x), BETA * x + ALPHA * (1 - x)], -1)
    return ends * torch.exp(2 * x)


def ellipse(
    n: int,
    *,
    x: float | None = None,
    noise: float = 1 / 20,
    generator: torch.Generator | None = None,
    dtype: torch.dtype | None = None,
) -> Sample:
    r"""Draw n samples.

    Formula:
        y = rho(x) * (cos theta, sin theta) + eps, x ~ U(0, 1) unless it is fixed,
        theta ~ U(0, 2 pi), eps ~ N(0, noise^2) independently for each component.

    Args:
        n: number of samples.
        x: fixes the observed number; 0 is the unconditional ellipse of radii (2, 1.5).
        noise: standard deviation of each component of eps.
        generator: the source of randomness; the samples live on its device.
        dtype: torch's default if not given.

    Raises:
        ValueError: if n < 1 or noise < 0.
    """
    check_count("n", n)
    if not noise >= 0:
        raise ValueError(f"noise must be >= 0. Got {noise}.")
    device = generator.device if generator is not None else None
    uniform = torch.rand(n, 2, generator=generator, dtype=dtype, device=device)
    eps = noise * torch.randn(n, 2, generator=generator, dtype=dtype, device=device)
    xs = uniform[:, :1] if x is None else torch.full_like(uniform[:, :1], x)
    theta = 2 * math.pi * uniform[:, 1:]
    y = rho(xs) * circle(theta) + eps
    return Sample(xs, theta, y)
