r"""Sparse codes planted on known atoms."""

from typing import NamedTuple

import torch
from jaxtyping import Float, Int
from torch import Tensor

from ebmlib.checks import check_count, check_ndim


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
    if not noise >= 0:
        raise ValueError(f"noise must be >= 0. Got {noise}.")
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
