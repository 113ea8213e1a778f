r"""Soft maxima and minima under their honest names.

| here | elsewhere |
|---|---|
| `softargmax` | what torch calls `softmax`: a distribution over the entries |
| `softmax`, `softmin` | the smooth maximum and minimum, log-mean-exp: numbers |
| `logsumexp_max`, `logsumexp_min` | the other smooth maximum and minimum, without the mean |

`beta` is a coldness, an inverse temperature, in units of one over the energy's unit:
0 is infinitely hot (the mean), infinity is absolute zero (the hard maximum or minimum).
"""

import math

import torch
from jaxtyping import Float
from torch import Tensor

from ebmlib.checks import check_beta, check_no_nan

Values = Float[Tensor, "*shape"]
Reduced = Float[Tensor, "*rest"]


def _regime(e: Tensor, beta: float) -> float:
    """Return beta, or the limit (0 or inf) that it stands for in the precision of `e`."""
    info = torch.finfo(e.dtype)
    if beta < info.tiny / info.eps:  # beta * e would be subnormal, and lose its digits
        return 0.0
    return math.inf if beta > info.max * info.eps else beta


def _floating(e: Tensor) -> Tensor:
    """The entries as they are: bools have no minus, and half a word is too coarse for `_regime`."""
    if not e.is_floating_point() or e.dtype.itemsize < 4:
        raise TypeError(f"e must hold floating-point numbers of 32 or 64 bits. Got {e.dtype}.")
    return e


def _check(e: Tensor, beta: float, dim: int, *, zero: bool = True) -> None:
    check_beta(beta, zero=zero)
    _floating(e)
    if e.ndim == 0 or not -e.ndim <= dim < e.ndim:
        raise ValueError(f"e must have a dimension {dim}. Got shape {tuple(e.shape)}.")
    if e.shape[dim] == 0:
        raise ValueError(f"e must have entries along dim {dim}. Got shape {tuple(e.shape)}.")
    check_no_nan("e", e)


def _largest(e: Tensor, dim: int) -> Tensor:
    """The largest entry, kept as a constant: what we subtract so that exp never overflows."""
    m = e.detach().amax(dim, keepdim=True)
    return torch.where(m.isfinite(), m, torch.zeros_like(m))


def softmax(e: Values, beta: float = 1.0, *, dim: int = -1) -> Reduced:
    r"""Smooth maximum of N entries: log-mean-exp.

    Formula:
        softmax_beta(e) = (1/beta) log( (1/N) sum_n exp(beta e_n) );
        the mean for beta = 0, the maximum for beta = inf, and never more than
        log(N)/beta below the maximum. Its gradient is `softargmax(e, beta)`.

    Args:
        e: the entries, of any shape.
        beta: coldness in [0, inf], in one over the unit of `e`.
        dim: the dimension that is reduced.

    Raises:
        ValueError: if beta is negative or NaN, if `e` is empty along `dim` or holds a NaN.
        TypeError: if `e` holds no floating-point numbers of 32 or 64 bits.

    Derived on: book/intro/softmin.md
    """
    _check(e, beta, dim)
    beta = _regime(e, beta)
    if beta == 0:
        return e.mean(dim)
    if beta == math.inf:
        return e.amax(dim)
    m = _largest(e, dim)
    t = beta * (e - m)
    # (1/N) sum exp(t) = 1 + u: expm1 and log1p keep the digits when beta is small.
    u = torch.expm1(t).mean(dim)
    cold = u < -0.5
    hot_log = torch.log1p(torch.where(cold, torch.zeros_like(u), u))
    cold_log = torch.logsumexp(t, dim) - math.log(e.shape[dim])
    return m.squeeze(dim) + torch.where(cold, cold_log, hot_log) / beta


def softmin(e: Values, beta: float = 1.0, *, dim: int = -1) -> Reduced:
    r"""Smooth minimum of N entries: minus the softmax of minus the entries.

    Formula:
        softmin_beta(e) = -(1/beta) log( (1/N) sum_n exp(-beta e_n) );
        the mean for beta = 0, the minimum for beta = inf, and never more than
        log(N)/beta above the minimum. Its gradient is `softargmin(e, beta)`.

    Args, Raises: as `softmax`.

    Derived on: book/intro/softmin.md
    """
    return -softmax(-_floating(e), beta, dim=dim)


def softargmax(e: Values, beta: float = 1.0, *, dim: int = -1) -> Values:
    r"""Distribution that prefers large entries: what torch calls `softmax`.

    Formula:
        softargmax_beta(e)_n = exp(beta e_n) / sum_m exp(beta e_m);
        uniform for beta = 0, shared among the largest entries for beta = inf.
        Adding a constant to `e` leaves it as it is.

    Args, Raises: as `softmax`; along `dim` the values sum to 1.

    Derived on: book/intro/softmin.md
    """
    _check(e, beta, dim)
    beta = _regime(e, beta)
    if beta == math.inf:
        largest = (e == e.amax(dim, keepdim=True)).to(e.dtype)
        return largest / largest.sum(dim, keepdim=True)
    if beta == 0:
        return torch.full_like(e, 1 / e.shape[dim])
    return torch.softmax(beta * (e - _largest(e, dim)), dim)


def softargmin(e: Values, beta: float = 1.0, *, dim: int = -1) -> Values:
    r"""Distribution that prefers small entries: the softargmax of minus the entries.

    Formula:
        softargmin_beta(e)_n = exp(-beta e_n) / sum_m exp(-beta e_m).
        For energies `e` this is the Gibbs distribution at coldness beta.

    Args, Raises: as `softargmax`.

    Derived on: book/intro/softmin.md
    """
    return softargmax(-_floating(e), beta, dim=dim)


def logsumexp_max(e: Values, beta: float = 1.0, *, dim: int = -1) -> Reduced:
    r"""The other smooth maximum: log-sum-exp, which lies above the maximum.

    Formula:
        (1/beta) log sum_n exp(beta e_n) = softmax_beta(e) + log(N)/beta;
        the maximum for beta = inf, no limit for beta -> 0. For beta = 1 it is torch's
        `logsumexp`. Its gradient is `softargmax(e, beta)` too.

    Args, Raises: as `softmax`, but beta in (0, inf].

    Derived on: book/intro/softmin.md
    """
    _check(e, beta, dim, zero=False)
    beta = _regime(e, beta)
    if beta == math.inf:
        return e.amax(dim)
    if beta == 0:  # too small for this precision: the value has left the range
        return torch.full_like(e.sum(dim), math.inf if e.shape[dim] > 1 else 0) + e.amax(dim)
    m = _largest(e, dim)
    return m.squeeze(dim) + torch.logsumexp(beta * (e - m), dim) / beta


def logsumexp_min(e: Values, beta: float = 1.0, *, dim: int = -1) -> Reduced:
    r"""The other smooth minimum: minus log-sum-exp, which lies below the minimum.

    Formula:
        -(1/beta) log sum_n exp(-beta e_n) = softmin_beta(e) - log(N)/beta;
        the minimum for beta = inf, no limit for beta -> 0.

    Args, Raises: as `logsumexp_max`.

    Derived on: book/intro/softmin.md
    """
    return -logsumexp_max(-_floating(e), beta, dim=dim)
