r"""Parameters drawn on another map, w = H(u): the same heights, other distances."""

from collections.abc import Callable

import torch
from jaxtyping import Float
from torch import Tensor

from ebmlib.checks import check_count, check_ndim, check_positive


def metric(
    H: Callable[[Tensor], Tensor], u: Float[Tensor, " dim"]
) -> Float[Tensor, "weights weights"]:
    r"""What a step in u makes of the gradient in w = H(u).

    Formula:
        M = J J^T with J = dH/du. A step of descent in u at the rate eta moves w by
        -eta M g + O(eta^2), where g is the gradient of the loss in w.

    Args:
        H: from a vector of dim entries to the vector of all weights.
        u: where, in the new coordinates.

    Raises:
        ValueError: if u, or what H makes of it, is no vector.

    Source: the chain rule, once forward and once backward.

    Derived on: book/optimise/reparametrise.md
    """
    check_ndim("u", u, 1, "(dim,)")
    J: Tensor = torch.func.jacrev(H)(u)
    check_ndim("H(u)", H(u), 1, "(weights,)")
    return J @ J.mT


def squares_descent(
    x: Float[Tensor, "*batch samples dim"],
    y: Float[Tensor, "*batch samples"],
    a: float,
    *,
    eta: float,
    steps: int,
) -> Float[Tensor, "*batch dim"]:
    r"""Least squares by descent in the roots: w = p * p - q * q, from p = q = a.

    Formula:
        p <- p - 2 eta p * g, q <- q + 2 eta q * g, with g the gradient of
        |x w - y|^2 / (2 samples). In the limit of small steps p * q stays at a^2, and the
        metric is 4 sqrt(w^2 + 4 a^4): a small a prefers sparse weights.

    Args:
        x: inputs, a sample a row.
        y: targets.
        a: the start, the same for all entries of p and q.
        eta: learning rate.
        steps: how many there are.

    Raises:
        ValueError: if x and y do not fit each other, a or eta is not positive, or steps < 1.

    Source: Woodworth et al., Kernel and rich regimes in overparametrized models, 2020

    Derived on: book/optimise/reparametrise.md
    """
    check_positive("a", a)
    check_positive("eta", eta)
    check_count("steps", steps)
    if x.ndim < 2 or y.shape != x.shape[:-1]:
        raise ValueError(
            "x and y must have shapes (*batch, samples, dim) and (*batch, samples). "
            f"Got {tuple(x.shape)} and {tuple(y.shape)}."
        )
    A = x.mT @ x / x.shape[-2]
    b = (x.mT @ y[..., None])[..., 0] / x.shape[-2]
    p = torch.full_like(b, a)
    q = p.clone()
    for _ in range(steps):
        g = (A @ (p * p - q * q)[..., None])[..., 0] - b
        p, q = p - 2 * eta * p * g, q + 2 * eta * q * g
    return p * p - q * q
