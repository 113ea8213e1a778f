r"""Which model is good: the same fresh samples, the same unit, and how sure the answer is.

A normalised model has a free energy F(y) = -log p(y) in nats, whatever it is made of. Beside the
comparison stand the model that needs no training, a kernel on each sample, and a test that sees
draws alone.
"""

import math
from collections.abc import Callable, Mapping
from typing import NamedTuple

import torch
from jaxtyping import Float
from torch import Tensor

from ebmlib.checks import check_last, check_ndim
from ebmlib.likelihood import log_partition

FreeEnergy = Callable[[Tensor], Tensor]
"""From samples (n, dim) to energies (n,)."""


class Held(NamedTuple):
    """What samples cost a model on average, in nats."""

    nll: Float[Tensor, ""]
    """The mean of F, less that of the truth where one is given."""
    error: Float[Tensor, ""]
    """Standard error of that mean."""


def grid_nll(
    F: FreeEnergy, y: Float[Tensor, "n dim"], box: Float[Tensor, "nodes dim"]
) -> Float[Tensor, " n"]:
    r"""Minus the log density of e^{-F} / Z, with Z summed over the nodes of a box, in nats.

    Formula:
        F(y) + log Z, log Z = log sum_n e^{-F(u_n)} + dim log h, h the distance of neighbours.
        It is as good as exact where e^{-F} vanishes at the rim, and is smooth on the scale of h.

    Args:
        F: an energy, normalised or not.
        y: the samples.
        box: `ebmlib.grids.box(dim, side, half)`.

    Raises:
        ValueError: if y and box differ in their last dimension, or the box has not as many nodes
            along each axis.

    Derived on: book/codes/judge.md
    """
    check_ndim("box", box, 2, "(nodes, dim)")
    dim = box.shape[1]
    check_last("y", y, dim, f"(n, {dim})")
    side = round(len(box) ** (1 / dim))
    if side < 2 or side**dim != len(box):
        raise ValueError(f"box must have side^{dim} nodes, side >= 2. Got {len(box)}.")
    h = float((box[:, 0].max() - box[:, 0].min()) / (side - 1))
    return F(y) + log_partition(F(box), h**dim)


def held_out(
    models: Mapping[str, FreeEnergy],
    y: Float[Tensor, "n dim"],
    truth: FreeEnergy | None = None,
) -> dict[str, Held]:
    r"""What fresh samples cost each model, and the standard error of that.

    Formula:
        mean of F(y) - F_true(y), whose expectation is KL(truth || model), and the standard
        deviation of the differences over sqrt(n). Without a truth it is the mean of F(y).

    Args:
        models: free energies, each of a model that is normalised.
        y: samples that no model has seen.
        truth: minus the log density of the samples.

    Raises:
        ValueError: if y is not (n, dim) with n >= 2, or a model does not answer with (n,).

    Derived on: book/codes/judge.md
    """
    check_ndim("y", y, 2, "(n, dim)")
    if len(y) < 2:
        raise ValueError(f"y must hold two samples or more. Got {len(y)}.")
    least = 0 if truth is None else truth(y)
    held = {}
    for name, F in models.items():
        e = F(y)
        if e.shape != y.shape[:1]:
            raise ValueError(f"{name} must return shape ({len(y)},). Got {tuple(e.shape)}.")
        over = e - least
        held[name] = Held(over.mean(), over.std() / math.sqrt(len(y)))
    return held


def kernel_free_energy(
    y: Float[Tensor, "n dim"], x: Float[Tensor, "m dim"], width: float | Float[Tensor, "*widths"]
) -> Float[Tensor, "*widths n"]:
    r"""Minus the log density of one round Gaussian on each of m samples, in nats.

    Formula:
        F(y) = -log (1/m) sum_k N(y; x_k, width^2 I).

    Args:
        y: where.
        x: the samples that the model is made of.
        width: standard deviation of the kernels; several are tried at once.

    Raises:
        ValueError: if y and x are not matrices of one last dimension, or a width is not positive.

    Source: Parzen, On estimation of a probability density function and mode, 1962

    Derived on: book/codes/judge.md
    """
    return _kernel(_squares(y, x), x.shape[1], len(x), width)


def leave_one_out(
    x: Float[Tensor, "m dim"], width: float | Float[Tensor, "*widths"]
) -> Float[Tensor, "*widths m"]:
    r"""What each sample costs the kernels on all others, in nats.

    Formula:
        F_i = -log 1/(m - 1) sum_{k != i} N(x_i; x_k, width^2 I).

    Raises:
        ValueError: if x is not (m, dim) with m >= 2, or a width is not positive.

    Source: Duin, On the choice of smoothing parameters for Parzen estimators of probability
        density functions, 1976

    Derived on: book/codes/judge.md
    """
    squares = _squares(x, x)
    if len(x) < 2:
        raise ValueError(f"x must hold two samples or more. Got {len(x)}.")
    return _kernel(squares.fill_diagonal_(math.inf), x.shape[1], len(x) - 1, width)


def energy_distance(
    y: Float[Tensor, "*#batch n dim"], x: Float[Tensor, "*#batch m dim"]
) -> Float[Tensor, "*batch"]:
    r"""How far two sets of draws are apart, without any density.

    Formula:
        2 mean |y_i - x_j| - mean over i != j of |y_i - y_j| - mean over i != j of |x_i - x_j|.
        Its expectation is zero for draws of one density, and above zero for draws of two; a
        single value may be negative. No energy of this book is in it.

    Raises:
        ValueError: if y or x holds fewer than two draws, or they differ in their last dimension.

    Source: Szekely and Rizzo, Energy statistics: a class of statistics based on distances, 2013

    Derived on: book/codes/judge.md
    """
    if min(y.ndim, x.ndim) < 2 or min(y.shape[-2], x.shape[-2]) < 2 or y.shape[-1] != x.shape[-1]:
        raise ValueError(
            "y and x must have shapes (*batch, n, dim) and (*batch, m, dim), n, m >= 2. "
            f"Got {tuple(y.shape)} and {tuple(x.shape)}."
        )
    return 2 * torch.cdist(y, x).mean((-1, -2)) - _among(y) - _among(x)


def _among(y: Tensor) -> Tensor:
    """Mean distance of two different draws."""
    n = y.shape[-2]
    total: Tensor = torch.cdist(y, y).sum((-1, -2))
    return total / (n * (n - 1))


def _squares(y: Tensor, x: Tensor) -> Tensor:
    check_ndim("y", y, 2, "(n, dim)")
    check_ndim("x", x, 2, "(m, dim)")
    check_last("y", y, x.shape[1], f"(n, {x.shape[1]})")
    return torch.cdist(y, x, compute_mode="donot_use_mm_for_euclid_dist").square()


def _kernel(squares: Tensor, dim: int, m: int, width: float | Tensor) -> Tensor:
    w = torch.as_tensor(width, dtype=squares.dtype, device=squares.device)
    if not bool((w > 0).all()):
        raise ValueError(f"width must be > 0. Got {w.tolist()}.")
    v = w.square()
    sums = (-squares / (2 * v[..., None, None])).logsumexp(-1)
    return (math.log(m) + dim / 2 * (2 * math.pi * v).log())[..., None] - sums
