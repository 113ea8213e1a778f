r"""The energy of sparse coding, and the codes that minimise it.

E(y, z) = |y - W z|^2 + lambda |z|_1 (squared, no half). Samples and codes are rows of Y and Z;
the atoms are the columns of W, of shape (dim, atoms).
"""

from typing import NamedTuple

import torch
from jaxtyping import Float
from torch import Tensor

from ebmlib.checks import check_count, check_no_nan, check_positive


def energy(
    y: Float[Tensor, "*#batch dim"],
    z: Float[Tensor, "*#batch atoms"],
    W: Float[Tensor, "dim atoms"],
    lam: float,
) -> Float[Tensor, "*#batch"]:
    r"""Energy of sparse coding.

    Formula:
        E(y, z) = |y - W z|^2 + lambda |z|_1.

    Source: Olshausen and Field, Sparse coding with an overcomplete basis set: a strategy
        employed by V1?, 1997; their phi are the columns of W, their a is z.

    Derived on: book/generative/sparse.md
    """
    return (y - z @ W.mT).square().sum(-1) + lam * z.abs().sum(-1)


def shrink(s: Float[Tensor, "*shape"], by: float) -> Float[Tensor, "*shape"]:
    r"""Soft threshold: the proximal operator of `by` times the absolute value.

    Formula:
        shrink(s) = sign(s) (|s| - by)^+ = argmin_z (1/2)(z - s)^2 + by |z|.

    Derived on: book/generative/sparse.md
    """
    return s - s.clamp(-by, by)


def lipschitz(W: Float[Tensor, "dim atoms"]) -> float:
    r"""Lipschitz constant of the gradient of |y - W z|^2 with respect to z.

    Formula:
        L = 2 sigma_max(W)^2 (for half of the square it is sigma_max^2).

    Derived on: book/generative/sparse.md
    """
    return 2 * float(torch.linalg.matrix_norm(W, 2)) ** 2


def optimality(
    y: Float[Tensor, "*batch dim"],
    z: Float[Tensor, "*batch atoms"],
    W: Float[Tensor, "dim atoms"],
    lam: float,
) -> Float[Tensor, "*batch"]:
    r"""How far each code is from a minimum: the largest violation of the optimality conditions.

    Formula:
        g = 2 W^T (W z - y); at a minimum g_i = -lambda sign(z_i) where z_i is not 0, and
        |g_i| <= lambda elsewhere.

    Derived on: book/generative/sparse.md
    """
    g = 2 * (z @ W.mT - y) @ W
    used = (g + lam * z.sign()).abs()
    unused = (g.abs() - lam).relu()
    return torch.where(z != 0, used, unused).amax(-1)


class Codes(NamedTuple):
    """Codes that minimise the energy, and how well."""

    z: Float[Tensor, "batch atoms"]
    iterations: int
    residual: float
    """The largest `optimality` of the batch; inf if no tolerance was asked for."""
    path: Float[Tensor, "iterations batch"] | None = None
    """The energy after each step, if asked for, the start's first."""


def ista(
    y: Float[Tensor, "batch dim"],
    W: Float[Tensor, "dim atoms"],
    lam: float,
    *,
    steps: int = 1000,
    tolerance: float = 0.0,
    path: bool = False,
) -> Codes:
    r"""Iterative shrinkage: a gradient step on the square, then a soft threshold.

    Formula:
        z <- shrink(z - g/L, lambda/L), g = 2 W^T (W z - y), L = 2 sigma_max^2, from z = 0.
        E(z_k) - E* <= L |z_0 - z*|^2 / (2 k).

    Raises:
        ValueError: as `fista`.

    Source: Daubechies, Defrise, De Mol, An iterative thresholding algorithm for linear inverse
        problems with a sparsity constraint, 2004.

    Derived on: book/generative/sparse.md
    """
    return _descend(y, W, lam, steps, tolerance, path, fast=False)


def fista(
    y: Float[Tensor, "batch dim"],
    W: Float[Tensor, "dim atoms"],
    lam: float,
    *,
    steps: int = 1000,
    tolerance: float = 0.0,
    path: bool = False,
    restart: bool = True,
) -> Codes:
    r"""ISTA with momentum, which starts anew for each sample whose step runs uphill.

    Formula:
        z_k = shrink(u - g(u)/L, lambda/L), t' = (1 + sqrt(1 + 4 t^2))/2,
        u = z_k + ((t - 1)/t') (z_k - z_{k-1}); t = 1 again where (u - z_k).(z_k - z_{k-1}) > 0.
        E(z_k) - E* <= 2 L |z_0 - z*|^2 / (k + 1)^2 (without the restarts).

    Args:
        y: samples.
        W: atoms, one a column.
        lam: weight of the 1-norm.
        steps: the most steps.
        tolerance: stop when the optimality of every sample is at most this (looked at every
            10 steps and at the end), or at most 32 epsilon max |2 W^T y|, what the precision of
            y can tell, if that is more; 0 takes all the steps.
        path: whether to keep the energies on the way.
        restart: whether momentum may start anew.

    Raises:
        ValueError: if y and W differ in dim or hold a NaN, lam is not positive, steps < 1 or
            tolerance < 0.

    Source: Beck and Teboulle, A fast iterative shrinkage-thresholding algorithm for linear
        inverse problems, 2009; O'Donoghue and Candes, Adaptive restart for accelerated gradient
        schemes, 2015.

    Derived on: book/generative/sparse.md
    """
    return _descend(y, W, lam, steps, tolerance, path, fast=True, restart=restart)


def _descend(
    y: Tensor,
    W: Tensor,
    lam: float,
    steps: int,
    tolerance: float,
    path: bool,
    *,
    fast: bool,
    restart: bool = False,
) -> Codes:
    _check(y, W, lam, steps, tolerance)
    L = lipschitz(W) or 1.0
    # One product a step: u - g/L = u A + b with A = I - 2 W^T W / L, b = 2 y W / L.
    A = torch.eye(W.shape[1], dtype=W.dtype, device=W.device) - 2 / L * W.mT @ W
    b = 2 / L * y @ W
    if tolerance and b.numel():
        told = 32 * torch.finfo(b.dtype).eps * L * float(b.abs().max())
        tolerance = max(tolerance, told)
    z = u = torch.zeros_like(b)
    t = torch.ones_like(b[:, :1])
    energies = [energy(y, z, W, lam)] if path else []
    done, rows = z.clone(), torch.arange(len(y), device=y.device)
    worst, k = torch.full_like(b[:, 0], float("inf")), 0
    for k in range(1, steps + 1):
        new = shrink(torch.addmm(b, u, A), lam / L)
        if fast:
            step = new - z
            if restart:
                t = torch.where(((u - new) * step).sum(-1, keepdim=True) > 0, 1, t)
            faster = (1 + (1 + 4 * t.square()).sqrt()) / 2
            u = torch.addcmul(new, (t - 1) / faster, step)
            z, t = new, faster
        else:
            z = u = new
        if path:
            energies.append(energy(y, z, W, lam))
        if tolerance and (k % 10 == 0 or k == steps):
            worst[rows] = now = optimality(y[rows], z, W, lam)
            todo = now > tolerance
            if not bool(todo.any()):
                break
            if not path and int(todo.sum()) < 0.8 * len(rows):  # go on with the others alone
                done[rows] = z
                rows, z, u, t, b = (one[todo] for one in (rows, z, u, t, b))
    done[rows] = z
    residual = max(worst.tolist(), default=0.0)
    return Codes(done, k, residual, torch.stack(energies) if path else None)


def _check(y: Tensor, W: Tensor, lam: float, steps: int, tolerance: float) -> None:
    if y.ndim != 2 or W.ndim != 2 or y.shape[1] != W.shape[0]:
        raise ValueError(
            "y must have shape (batch, dim) and W (dim, atoms). "
            f"Got {tuple(y.shape)} and {tuple(W.shape)}."
        )
    check_no_nan("y", y)
    check_no_nan("W", W)
    check_positive("lam", lam)
    check_count("steps", steps)
    if not tolerance >= 0:
        raise ValueError(f"tolerance must be >= 0. Got {tolerance}.")
