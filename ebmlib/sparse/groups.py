r"""Sparse coding that pays for groups of atoms: whole groups are used or left.

E(y, z) = |y - W z|^2 + lambda sum_g |z_g|_2, the groups being `size` neighbours each.
"""

import torch
from jaxtyping import Float
from torch import Tensor

from ebmlib.checks import check_count, check_ndim, check_positive
from ebmlib.sparse.codes import lipschitz


def group_norms(z: Float[Tensor, "*batch atoms"], size: int) -> Float[Tensor, "*batch groups"]:
    r"""Length of each group of `size` neighbouring entries.

    Formula:
        |z_g|_2, g = 1 .. atoms / size.

    Raises:
        ValueError: if the atoms do not divide into groups of that size.

    Derived on: book/codes/shared-atoms.md
    """
    check_count("size", size)
    if z.ndim == 0 or z.shape[-1] % size:
        raise ValueError(f"z must have shape (*batch, {size} times groups). Got {tuple(z.shape)}.")
    return z.unflatten(-1, (-1, size)).norm(dim=-1)  # type: ignore[no-untyped-call, no-any-return]


def group_energy(
    y: Float[Tensor, "*batch dim"],
    z: Float[Tensor, "*batch atoms"],
    W: Float[Tensor, "dim atoms"],
    lam: float,
    size: int,
) -> Float[Tensor, "*batch"]:
    r"""Energy of sparse coding with groups.

    Formula:
        E(y, z) = |y - W z|^2 + lambda sum_g |z_g|_2; with size 1 that of sparse coding.

    Raises:
        ValueError: as `group_norms`.

    Source: Yuan and Lin, Model selection and estimation in regression with grouped variables,
        2006.

    Derived on: book/codes/shared-atoms.md
    """
    return (y - z @ W.mT).square().sum(-1) + lam * group_norms(z, size).sum(-1)


def group_shrink(
    s: Float[Tensor, "*batch atoms"], by: float, size: int
) -> Float[Tensor, "*batch atoms"]:
    r"""Proximal operator of `by` times the sum of the groups' lengths.

    Formula:
        z_g = s_g (1 - by / |s_g|)^+ = argmin (1/2) |z_g - s_g|^2 + by |z_g|: a group keeps its
        direction, and loses `by` of its length or all of it.

    Raises:
        ValueError: as `group_norms`.

    Source: Yuan and Lin, Model selection and estimation in regression with grouped variables,
        2006.

    Derived on: book/codes/shared-atoms.md
    """
    length = group_norms(s, size)[..., None]
    kept = (length - by).clamp(min=0) / length.clamp(min=torch.finfo(s.dtype).tiny)
    groups: Tensor = s.unflatten(-1, (-1, size))  # type: ignore[no-untyped-call]
    return (groups * kept).flatten(-2)


def group_fista(
    y: Float[Tensor, "n dim"],
    W: Float[Tensor, "dim atoms"],
    lam: float,
    size: int,
    *,
    steps: int = 300,
) -> Float[Tensor, "n atoms"]:
    r"""Codes that minimise `group_energy`, by FISTA with restarts.

    Formula:
        z <- group_shrink(u - g / L, lambda / L), g = 2 W^T (W u - y), L = 2 sigma_max^2, with u
        shot ahead by momentum as in `ebmlib.sparse.codes.fista`.

    Raises:
        ValueError: if y and W differ in dim, as `group_norms`, if lam is not positive or steps
            is below 1.

    Source: Beck and Teboulle, A fast iterative shrinkage-thresholding algorithm for linear
        inverse problems, 2009.

    Derived on: book/codes/shared-atoms.md
    """
    check_ndim("W", W, 2, "(dim, atoms)")
    if y.ndim != 2 or y.shape[1] != W.shape[0]:
        raise ValueError(
            "y must have shape (n, dim) and W (dim, atoms). "
            f"Got {tuple(y.shape)} and {tuple(W.shape)}."
        )
    check_positive("lam", lam)
    check_count("steps", steps)
    L = lipschitz(W) or 1.0
    A = torch.eye(W.shape[1], dtype=W.dtype, device=W.device) - 2 / L * W.mT @ W
    b = 2 / L * y @ W
    z = u = torch.zeros_like(b)
    t = torch.ones_like(b[:, :1])
    for _ in range(steps):
        new = group_shrink(torch.addmm(b, u, A), lam / L, size)
        step = new - z
        t = torch.where(((u - new) * step).sum(-1, keepdim=True) > 0, 1, t)
        faster = (1 + (1 + 4 * t.square()).sqrt()) / 2
        u = torch.addcmul(new, (t - 1) / faster, step)
        z, t = new, faster
    return z
