r"""Small data in the plane: a noisy arc, a ring of clusters, and codes planted on atoms."""

import math
from typing import NamedTuple

import torch
from jaxtyping import Float, Int
from torch import Tensor

from ebmlib.checks import check_count, check_last, check_ndim

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


def on_arc(theta: Float[Tensor, "*batch 1"]) -> Float[Tensor, "*batch 2"]:
    """Point of the unit circle at an angle in radians.

    Raises:
        ValueError: if the last dimension of theta is not 1.
    """
    check_last("theta", theta, 1, "(*batch, 1)")
    return torch.cat([theta.cos(), theta.sin()], -1)


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
    _check_noise(noise)
    device = generator.device if generator is not None else None
    uniform = torch.rand(n, 1, generator=generator, dtype=dtype, device=device)
    eps = torch.randn(n, 2, generator=generator, dtype=dtype, device=device)
    return on_arc(ARC[0] + (ARC[1] - ARC[0]) * uniform) + noise * eps


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
    return Nearest(on_arc(theta), theta, torch.cat([-theta.sin(), theta.cos()], -1))


def ring_centres(
    modes: int = 8, *, radius: float = 1.0, dtype: torch.dtype | None = None
) -> Float[Tensor, "{modes} 2"]:
    """Centres of the ring's clusters, evenly spaced from angle 0 on.

    Raises:
        ValueError: if modes < 1.
    """
    check_count("modes", modes)
    theta = torch.arange(modes, dtype=dtype or torch.get_default_dtype())[:, None]
    return radius * on_arc(theta * (2 * math.pi / modes))


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
    _check_noise(noise)
    device = centres.device
    k = torch.randint(len(centres), (n,), generator=generator, device=device)
    eps = torch.randn(n, centres.shape[1], generator=generator, dtype=centres.dtype, device=device)
    return centres[k] + noise * eps


class Planted(NamedTuple):
    """What `planted` draws: samples, the codes that made them, and where these are not zero."""

    y: Float[Tensor, "n dim"]
    z: Float[Tensor, "n atoms"]
    support: Int[Tensor, "n active"]


def planted(
    n: int,
    W: Float[Tensor, "dim atoms"],
    active: int = 1,
    *,
    noise: float = 0.0,
    generator: torch.Generator | None = None,
) -> Planted:
    r"""Draw n samples, each a combination of a few columns of W.

    Formula:
        y = W z + noise eps; z has `active` entries that are not zero, at places drawn without
        repetition, of size U(0.5, 1.5) and either sign.

    Raises:
        ValueError: if n < 1, noise < 0, W is not (dim, atoms), or active is not between 1 and the
            number of atoms.
    """
    check_count("n", n)
    check_count("active", active)
    _check_noise(noise)
    check_ndim("W", W, 2, "(dim, atoms)")
    dim, atoms = W.shape
    if active > atoms:
        raise ValueError(f"active must be at most the number of atoms, {atoms}. Got {active}.")
    places = torch.rand(n, atoms, generator=generator, device=W.device).argsort(-1)[:, :active]
    size = 0.5 + torch.rand(n, active, generator=generator, dtype=W.dtype, device=W.device)
    sign = (
        torch.rand(n, active, generator=generator, dtype=W.dtype, device=W.device).sub(0.5).sign()
    )
    z = W.new_zeros(n, atoms).scatter(1, places, size * sign)
    eps = torch.randn(n, dim, generator=generator, dtype=W.dtype, device=W.device)
    return Planted(z @ W.mT + noise * eps, z, places)


def _check_noise(noise: float) -> None:
    if not noise >= 0:
        raise ValueError(f"noise must be >= 0. Got {noise}.")
