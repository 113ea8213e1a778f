r"""Independent component analysis: an energy of a square code, whose Z is a determinant.

s = W y has as many numbers as y, and E(y) = sum_i -log p_i(s_i) - log |det W| is minus a log
density whatever W is, as long as each p_i sums to 1.
"""

from typing import NamedTuple

import torch
from jaxtyping import Float
from torch import Tensor

from ebmlib.checks import check_count, check_last, check_ndim, check_no_nan, check_positive


class Unmixed(NamedTuple):
    """A square map whose outputs are as independent as it could make them.

    Attributes:
        W: the map.
        sign: 1 where a source was taken as peaked, -1 as flat.
    """

    W: Float[Tensor, "*batch dim dim"]
    sign: Float[Tensor, "*batch dim"]


def whitener(y: Float[Tensor, "*batch n dim"]) -> Float[Tensor, "*batch dim dim"]:
    r"""The symmetric map that gives samples a covariance of I.

    Formula:
        V = C^{-1/2}, with C the covariance of the samples about their mean (divided by n).

    Raises:
        ValueError: if y has fewer than two dimensions.
        torch.linalg.LinAlgError: if the eigenvalues are not found.

    Derived on: book/codes/invertible.md
    """
    if y.ndim < 2:
        raise ValueError(f"y must have shape (*batch, n, dim). Got {tuple(y.shape)}.")
    c = y - y.mean(-2, keepdim=True)
    e, U = torch.linalg.eigh(c.mT @ c / y.shape[-2])
    V: Tensor = (U * e.rsqrt()[..., None, :]) @ U.mT
    return V


def infomax(
    y: Float[Tensor, "*batch n dim"],
    *,
    steps: int = 1500,
    eta: float = 0.1,
    extended: bool = True,
) -> Unmixed:
    r"""Find the square map with independent outputs, by the natural gradient.

    Formula:
        s = W y, W <- W + eta (I - mean phi(s) s^T) W, from W = I.
        phi(s) = tanh s without `extended`, for peaked sources; with it phi(s) = s + sign tanh s,
        and sign_i = sign(mean (1 - tanh^2 s_i) mean s_i^2 - mean s_i tanh s_i) at every step.

    Args:
        y: samples of mean zero, best whitened.
        steps: how many there are.
        eta: learning rate.
        extended: whether each source may be flat or peaked.

    Raises:
        ValueError: if y has fewer than two dimensions or holds a NaN, steps < 1 or eta is not
            positive.

    Source: Bell and Sejnowski, 1995; Amari, Cichocki and Yang, 1996; the signs are those of Lee,
        Girolami and Sejnowski, 1999

    Derived on: book/codes/invertible.md
    """
    if y.ndim < 2:
        raise ValueError(f"y must have shape (*batch, n, dim). Got {tuple(y.shape)}.")
    check_no_nan("y", y)
    check_count("steps", steps)
    check_positive("eta", eta)
    eye = torch.eye(y.shape[-1], dtype=y.dtype, device=y.device)
    W = eye.expand(*y.shape[:-2], *eye.shape)
    sign = torch.ones(*y.shape[:-2], y.shape[-1], dtype=y.dtype, device=y.device)
    for _ in range(steps):
        s = y @ W.mT
        phi = bent = s.tanh()
        if extended:
            sign = _signs(s, bent)
            phi = s + sign[..., None, :] * bent
        W = W + eta * (eye - phi.mT @ s / y.shape[-2]) @ W
    return Unmixed(W, sign)


def _signs(s: Tensor, bent: Tensor) -> Tensor:
    stable = (1 - bent.square()).mean(-2) * s.square().mean(-2) - (bent * s).mean(-2)
    return torch.where(stable >= 0, 1.0, -1.0).to(s)


def amari(P: Float[Tensor, "*batch dim dim"]) -> Float[Tensor, "*batch"]:
    r"""How far a square matrix is from a permutation with scales: 0 there, at most 1.

    Formula:
        (1 / (2 d (d - 1))) [sum_i (sum_j |P_ij| / max_j |P_ij| - 1)
        + sum_j (sum_i |P_ij| / max_i |P_ij| - 1)], with P = W A for an unmixing map W of a
        mixture by A.

    Raises:
        ValueError: if P is not square, or has fewer than two rows.

    Source: Amari, Cichocki and Yang, A new learning algorithm for blind signal separation, 1996

    Derived on: book/codes/invertible.md
    """
    if P.ndim < 2:
        check_ndim("P", P, 2, "(*batch, dim, dim)")
    d = P.shape[-1]
    check_count("the number of rows of P", d, 2)
    check_last("P", P.mT, d, f"(*batch, {d}, {d})")
    size = P.abs()
    rows = (size / size.amax(-1, keepdim=True)).sum((-1, -2)) - d
    columns = (size / size.amax(-2, keepdim=True)).sum((-1, -2)) - d
    return (rows + columns) / (2 * d * (d - 1))
