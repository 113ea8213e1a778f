r"""Memories as minima: Hopfield's net of units that are +1 or -1, and its modern kin.

Patterns are the rows of X, (P, N).
"""

import math

import torch
from jaxtyping import Float, Int
from torch import Tensor

from ebmlib.checks import check_beta, check_count, check_last
from ebmlib.soft import softargmax


def hopfield_weights(X: Float[Tensor, "*nets P N"]) -> Float[Tensor, "*nets N N"]:
    r"""Weights that keep patterns of +1 and -1: units that often agree are joined.

    Formula:
        W = X^T X / N with a diagonal of zeros.

    Source: Hopfield, Neural networks and physical systems with emergent collective computational
        abilities, 1982

    Derived on: book/sampling/recall.md
    """
    W = X.mT @ X / X.shape[-1]
    return W - torch.diag_embed(W.diagonal(dim1=-2, dim2=-1))


def energy(
    W: Float[Tensor, "*nets N N"], y: Float[Tensor, "*nets probes N"]
) -> Float[Tensor, "*nets probes"]:
    r"""Energy of states of the net.

    Formula:
        E(y) = -y^T W y / 2.

    Derived on: book/sampling/recall.md
    """
    return -((y @ W) * y).sum(-1) / 2


def recall(
    W: Float[Tensor, "*nets N N"], y: Float[Tensor, "*nets probes N"], order: Int[Tensor, " flips"]
) -> Float[Tensor, "*nets probes N"]:
    r"""Ask one unit after the other to agree with its field.

    Formula:
        y_i <- sign(sum_j W_ij y_j) for each i of `order`, one at a time; a field of zero, but for
        rounding, changes nothing. For a symmetric W without diagonal each step lowers E, or leaves
        it.

    Args:
        W: the weights, of one net or several.
        y: where to start: states of +1 and -1, many for each net.
        order: which unit is asked, turn after turn.

    Returns:
        The states in the end.

    Raises:
        ValueError: if y has not as many units as W.

    Source: Hopfield, Neural networks and physical systems with emergent collective computational
        abilities, 1982

    Derived on: book/sampling/recall.md
    """
    check_last("y", y, W.shape[-1], f"(*nets, probes, {W.shape[-1]})")
    y = y.clone()
    # Votes that cancel leave a field of some rounding, which must not decide.
    least = torch.finfo(W.dtype).eps * W.shape[-1] ** 0.5 * W.abs().sum(-1)
    for i in order.tolist():
        field = (y @ W[..., i, None])[..., 0]
        y[..., i] = torch.where(field.abs() <= least[..., i, None], y[..., i], field.sign())
    return y


def bit_error(P: int, N: int) -> float:
    r"""Probability that one step spoils a bit of a pattern that is stored with P - 1 random others.

    Formula:
        P(B < (n - (N - 1)) / 2), B binomial with n = (P - 1)(N - 1) throws of a fair coin; about
        Q(sqrt((N - 1) / (P - 1))), Q the normal tail.

    Raises:
        ValueError: if P is below 1 or N below 2.

    Derived on: book/sampling/recall.md
    """
    check_count("P", P)
    check_count("N", N, 2)
    n = (P - 1) * (N - 1)
    most = math.ceil((n - (N - 1)) / 2) - 1  # the greatest B that spoils it
    if most < 0:
        return 0.0
    B = torch.arange(most + 1, dtype=torch.float64)
    log_choose = math.lgamma(n + 1) - torch.lgamma(B + 1) - torch.lgamma(n - B + 1)
    return float((log_choose - n * math.log(2)).exp().sum())


def modern_energy(
    X: Float[Tensor, "P N"], y: Float[Tensor, "*batch N"], beta: float
) -> Float[Tensor, "*batch"]:
    r"""Energy of the modern net: a free energy over which pattern is meant.

    Formula:
        F(y) = -(1 / beta) log sum_k exp(beta x_k . y) + |y|^2 / 2. For patterns of one length R it
        is half the soft minimum, at coldness beta / 2, of |y - x_k|^2, minus R^2 / 2 and
        (log P) / beta.

    Raises:
        ValueError: if beta is not > 0.

    Source: Ramsauer and others, Hopfield networks is all you need, 2021

    Derived on: book/sampling/recall.md
    """
    check_beta(beta, zero=False)
    return -torch.logsumexp(beta * (y @ X.mT), -1) / beta + y.square().sum(-1) / 2


def modern_recall(
    X: Float[Tensor, "P N"], y: Float[Tensor, "*batch N"], beta: float
) -> Float[Tensor, "*batch N"]:
    r"""One step of the modern net: y less the gradient of its energy.

    Formula:
        y <- X^T softargmax_beta(X y).

    Raises:
        ValueError: if beta is negative.

    Source: Ramsauer and others, Hopfield networks is all you need, 2021

    Derived on: book/sampling/recall.md
    """
    check_beta(beta)
    return softargmax(y @ X.mT, beta) @ X
