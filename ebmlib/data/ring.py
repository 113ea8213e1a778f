r"""Clusters round the points of a ring, or round any centres."""

import math

import torch
from jaxtyping import Float
from torch import Tensor

from ebmlib.checks import check_count, check_ndim
from ebmlib.grids import circle


def ring_centres(
    modes: int = 8, *, radius: float = 1.0, dtype: torch.dtype | None = None
) -> Float[Tensor, "{modes} 2"]:
    """Centres of the ring's clusters, evenly spaced from angle 0 on.

    Raises:
        ValueError: if modes < 1.
    """
    check_count("modes", modes)
    theta = torch.arange(modes, dtype=dtype or torch.get_default_dtype())[:, None]
    return radius * circle(theta * (2 * math.pi / modes))


def clusters(
    n: int,
    centres: Float[Tensor, "modes dim"],
    *,
    noise: float = 0.05,
    generator: torch.Generator | None = None,
) -> Float[Tensor, "{n} dim"]:
    r"""Draw n points round centres, each centre equally likely.

    Formula:
        y = c_k + noise eps, k uniform, eps ~ N(0, I).

    Raises:
        ValueError: if n < 1 or noise < 0, or there are no centres of shape (modes, dim).
    """
    check_count("n", n)
    check_ndim("centres", centres, 2, "(modes, dim)")
    check_count("the number of centres", len(centres))
    if not noise >= 0:
        raise ValueError(f"noise must be >= 0. Got {noise}.")
    device = centres.device
    k = torch.randint(len(centres), (n,), generator=generator, device=device)
    eps = torch.randn(n, centres.shape[1], generator=generator, dtype=centres.dtype, device=device)
    return centres[k] + noise * eps
