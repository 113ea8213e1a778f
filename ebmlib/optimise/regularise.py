r"""A second energy beside the loss of a linear law, and what adds the same one unasked."""

import torch
from jaxtyping import Float
from torch import Tensor

from ebmlib.checks import check_count, check_ndim, check_positive


def ridge(
    x: Float[Tensor, "n d"], y: Float[Tensor, " n"], lam: float | Float[Tensor, " d"]
) -> Float[Tensor, " d"]:
    r"""The weights of least squared error plus a square of the weights.

    Formula:
        argmin |x w - y|^2 / (2 n) + sum_j lam_j w_j^2 / 2
            = (x^T x / n + diag(lam))^-1 x^T y / n.

    Args:
        x: inputs, a sample a row.
        y: targets, one a sample.
        lam: strength of the second energy, one for all weights or one each.

    Raises:
        ValueError: if x is no matrix, y or lam does not fit it, or a lam is negative.

    Source: Hoerl and Kennard, Ridge regression, 1970

    Derived on: book/optimise/regularise.md
    """
    _check(x, y)
    n, d = x.shape
    strengths = torch.as_tensor(lam, dtype=x.dtype, device=x.device)
    if strengths.shape not in ((), (d,)):
        raise ValueError(
            f"lam must be a number or have shape ({d},). Got {tuple(strengths.shape)}."
        )
    if not bool((strengths >= 0).all()):
        raise ValueError(f"lam must be >= 0. Got {float(strengths.min())}.")
    found: Tensor = torch.linalg.solve(x.mT @ x / n + strengths.expand(d).diag(), x.mT @ y / n)
    return found


def stopped(
    x: Float[Tensor, "n d"], y: Float[Tensor, " n"], eta: float, steps: int
) -> Float[Tensor, " d"]:
    r"""Where descent along the squared error is after some steps from zero, in closed form.

    Formula:
        With x / sqrt(n) = U diag(s) V^T, descent along |x w - y|^2 / (2 n) is at
        sum_j (1 - (1 - eta s_j^2)^steps) / s_j (u_j^T y / sqrt(n)) v_j.

    Args:
        x: inputs, a sample a row.
        y: targets, one a sample.
        eta: learning rate.
        steps: how many there are.

    Raises:
        ValueError: if x is no matrix, y does not fit it, eta is not positive or steps below 1.

    Source: Ali, Kolter and Tibshirani, A continuous-time view of early stopping for least squares
        regression, 2019

    Derived on: book/optimise/regularise.md
    """
    _check(x, y)
    check_positive("eta", eta)
    check_count("steps", steps)
    root = len(x) ** 0.5
    U, s, Vt = torch.linalg.svd(x / root, full_matrices=False)
    reached = 1 - (1 - eta * s**2) ** steps
    share = torch.where(s > 0, reached / s.where(s > 0, 1.0), 0.0)
    found: Tensor = Vt.mT @ (share * (U.mT @ y / root))
    return found


def dropout_ridge(x: Float[Tensor, "n d"], p: float) -> Float[Tensor, " d"]:
    r"""The strengths of the ridge that dropout of the inputs is, in the mean.

    Formula:
        lam_j = p / (1 - p) mean(x_j^2), where an input is dropped at the rate p and divided by
        1 - p where it is kept.

    Args:
        x: inputs, a sample a row.
        p: the share that is dropped, in [0, 1).

    Raises:
        ValueError: if x is no matrix or p is not in [0, 1).

    Source: Wager, Wang and Liang, Dropout training as adaptive regularization, 2013

    Derived on: book/optimise/regularise.md
    """
    check_ndim("x", x, 2, "(n, d)")
    if not 0 <= p < 1:
        raise ValueError(f"p must be in [0, 1). Got {p}.")
    return p / (1 - p) * x.square().mean(0)


def least_norm(x: Float[Tensor, "n d"], y: Float[Tensor, " n"]) -> Float[Tensor, " d"]:
    r"""Of all weights of least squared error, the shortest ones.

    Formula:
        x^+ y, the pseudoinverse applied to the targets: the limit of `ridge` at no strength, and
        where `stopped` ends.

    Args:
        x: inputs, a sample a row.
        y: targets, one a sample.

    Raises:
        ValueError: if x is no matrix or y does not fit it.

    Source: Penrose, On best approximate solutions of linear matrix equations, 1956

    Derived on: book/optimise/regularise.md
    """
    _check(x, y)
    found: Tensor = torch.linalg.pinv(x) @ y
    return found


def _check(x: Tensor, y: Tensor) -> None:
    check_ndim("x", x, 2, "(n, d)")
    if y.shape != x.shape[:1]:
        raise ValueError(f"y must have shape ({len(x)},). Got {tuple(y.shape)}.")
