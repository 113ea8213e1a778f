"""Samples of a linear law with noise."""

from typing import NamedTuple

import torch
from jaxtyping import Float
from torch import Tensor

from ebmlib.checks import check_count


class Regression(NamedTuple):
    """Inputs and their targets."""

    x: Float[Tensor, "n d"]
    """Inputs, a sample a row."""
    y: Float[Tensor, " n"]
    """Targets, one a sample."""


def regression(
    n: int,
    w: Float[Tensor, " d"],
    *,
    sd: Float[Tensor, " d"] | None = None,
    noise: float = 0.5,
    generator: torch.Generator | None = None,
) -> Regression:
    r"""Draw n inputs and their targets from a linear law.

    Formula:
        y = w^T x + noise eps, x_i ~ N(0, sd_i^2), eps ~ N(0, 1).

    Args:
        n: how many samples.
        w: the weights of the law.
        sd: standard deviations of the inputs, 1 by default.
        noise: standard deviation of what the law does not tell.
        generator: of inputs and noise.

    Raises:
        ValueError: if n < 1, noise < 0 or sd has another shape than w.
    """
    check_count("n", n)
    if not noise >= 0:
        raise ValueError(f"noise must be >= 0. Got {noise}.")
    if sd is None:
        sd = torch.ones_like(w)
    if sd.shape != w.shape:
        raise ValueError(f"sd must have shape {tuple(w.shape)}. Got {tuple(sd.shape)}.")
    x = sd * torch.randn(n, len(w), generator=generator, dtype=w.dtype, device=w.device)
    eps = torch.randn(n, generator=generator, dtype=w.dtype, device=w.device)
    return Regression(x, x @ w + noise * eps)
