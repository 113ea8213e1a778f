r"""Where to look: angles of the circle, nodes of the plane, of a square and of a box, and cells."""

import math

import torch
from jaxtyping import Float
from torch import Tensor

from ebmlib.checks import check_count, check_last, check_ndim, check_positive


def angles(n: int = 48, *, dtype: torch.dtype | None = None) -> Float[Tensor, "{n} 1"]:
    r"""Half-open grid of n angles.

    Formula:
        z_n = 2 pi n / N for n = 0 ... N - 1; 2 pi is left out, as it is 0 again.

    Raises:
        ValueError: if n < 1.

    Derived on: book/ellipse/manifold.md
    """
    check_count("n", n)
    return (torch.arange(n, dtype=dtype or torch.get_default_dtype()) * (2 * math.pi / n))[:, None]


def circle(z: Float[Tensor, "*batch 1"]) -> Float[Tensor, "*batch 2"]:
    """The point (cos z, sin z) of the unit circle at angle z, in radians.

    Raises:
        ValueError: if the last dimension of z is not 1.
    """
    check_last("z", z, 1, "(*batch, 1)")
    return torch.cat([z.cos(), z.sin()], -1)


def plane(
    y_1: Float[Tensor, " columns"], y_2: Float[Tensor, " rows"] | None = None
) -> Float[Tensor, "rows columns 2"]:
    """The points of the plane over a side, and over another one where the two differ.

    Formula:
        plane_ij = (y_1j, y_2i), so that what is computed there is drawn as an image: a row is
        a height, a column a place on the horizontal axis.

    Raises:
        ValueError: if a side is not a vector.

    Derived on: book/intro/inference.md
    """
    y_2 = y_1 if y_2 is None else y_2
    check_ndim("y_1", y_1, 1, "(columns,)")
    check_ndim("y_2", y_2, 1, "(rows,)")
    return torch.stack(torch.meshgrid(y_1, y_2, indexing="xy"), -1)


def nodes(
    low: float, high: float, side: int, *, dtype: torch.dtype | None = None
) -> Float[Tensor, "points 2"]:
    """The nodes (y_1, y_2) of the square [low, high]^2, its rim included, y_1 fastest.

    Raises:
        ValueError: if side < 1.
    """
    check_count("side", side)
    return plane(torch.linspace(low, high, side, dtype=dtype)).reshape(-1, 2)


def centres(half: float, n: int, *, dtype: torch.dtype | None = None) -> Float[Tensor, "nn 2"]:
    """The centres of n x n equal cells of the square [-half, half]^2, row after row.

    Raises:
        ValueError: if n < 1 or half is not positive.
    """
    check_count("n", n)
    check_positive("half", half)
    t = ((torch.arange(n, dtype=dtype or torch.get_default_dtype()) + 0.5) / n * 2 - 1) * half
    return plane(t).reshape(-1, 2)


def box(
    dim: int, n: int, half: float = 1.0, *, dtype: torch.dtype | None = None
) -> Float[Tensor, "grid {dim}"]:
    r"""Evenly spaced points of the box [-half, half]^dim, n a side, its ends included.

    Raises:
        ValueError: if dim < 1, n < 2, or half is not positive.

    Derived on: book/ellipse/decoder.md
    """
    check_count("dim", dim)
    check_count("n", n, least=2)
    check_positive("half", half)
    side = torch.linspace(-half, half, n, dtype=dtype)
    return torch.cartesian_prod(*[side] * dim).reshape(-1, dim)
