r"""Arms of a spiral, one a class: data that no line separates."""

import math
from typing import Literal, NamedTuple

import torch
from jaxtyping import Float, Int
from torch import Tensor

from ebmlib.checks import check_count


class Labelled(NamedTuple):
    """Points and their classes, one sample a row, class after class."""

    x: Float[Tensor, "n 2"]
    """Observed points of the plane."""
    y: Int[Tensor, " n"]
    """Classes 0 ... K - 1."""


def spiral(
    n: int = 1000,
    *,
    K: int | None = None,
    variant: Literal["a", "b"] = "a",
    noise: float = 0.2,
    generator: torch.Generator | None = None,
    dtype: torch.dtype | None = None,
) -> Labelled:
    r"""Draw n points for each of K classes.

    Formula:
        x = r (cos theta, sin theta), theta = (2 pi / K) (k + 2 t) + noise eps, eps ~ N(0, 1),
        t in n even steps from 0 to 1; r = t for variant a, r = 0.2 + 0.8 t for variant b.

    Args:
        n: points a class.
        K: number of classes; 3 for variant a and 5 for variant b if not given.
        variant: whether the arms meet in the origin (a) or keep a hole (b).
        noise: standard deviation of the angle, in radians.
        generator: the source of randomness; the samples live on its device.
        dtype: torch's default if not given.

    Raises:
        ValueError: if n or K is < 1, if noise < 0 or the variant is neither a nor b.
    """
    if variant not in ("a", "b"):
        raise ValueError(f"variant must be 'a' or 'b'. Got {variant!r}.")
    K = K if K is not None else (3 if variant == "a" else 5)
    check_count("n", n)
    check_count("K", K)
    if not noise >= 0:
        raise ValueError(f"noise must be >= 0. Got {noise}.")
    device = generator.device if generator is not None else None
    t = torch.linspace(0, 1, n, dtype=dtype, device=device)
    r = t if variant == "a" else 0.2 + 0.8 * t
    k = torch.arange(K, dtype=t.dtype, device=device).unsqueeze(-1)
    eps = torch.randn(K, n, generator=generator, dtype=t.dtype, device=device)
    theta = (2 * math.pi / K) * (k + 2 * t) + noise * eps
    x = torch.stack([r * theta.cos(), r * theta.sin()], -1).reshape(K * n, 2)
    y = torch.arange(K, device=device).repeat_interleave(n)
    return Labelled(x, y)
