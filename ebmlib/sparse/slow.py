r"""What persists from one sample to the next: codes that are slow, and codes that turn."""

import itertools
from typing import NamedTuple

import torch
from jaxtyping import Float
from torch import Tensor

from ebmlib.checks import check_count, check_last, check_ndim, check_no_nan


class Slow(NamedTuple):
    """The slowest codes of a sequence, the slowest first.

    Attributes:
        W: a filter a row, over the monomials of the samples.
        mean: of the monomials.
        delta: the mean square of a code's step; its variance is 1.
        h: the codes of the sequence.
    """

    W: Float[Tensor, "*batch features features"]
    mean: Float[Tensor, "*batch features"]
    delta: Float[Tensor, "*batch features"]
    h: Float[Tensor, "*batch T features"]


class Turns(NamedTuple):
    """Pairs of filters whose codes turn from each sample to the next, by the smallest angle first.

    Attributes:
        A: the orthogonal map from a sample to the next.
        W: filters, two a pair, orthonormal if no two pairs have one angle; where the angle is 0 or
            pi the second is zero.
        angle: of each pair, in [0, pi].
    """

    A: Float[Tensor, "dim dim"]
    W: Float[Tensor, "pairs 2 dim"]
    angle: Float[Tensor, " pairs"]


def monomials(y: Float[Tensor, "*batch dim"], degree: int) -> Float[Tensor, "*batch features"]:
    """All products of up to `degree` entries: the entries, then the products of two, and so on.

    Raises:
        ValueError: if degree < 1.

    Derived on: book/codes/slow.md
    """
    check_count("degree", degree)
    dims = range(y.shape[-1])
    which = [
        combination
        for order in range(1, degree + 1)
        for combination in itertools.combinations_with_replacement(dims, order)
    ]
    return torch.stack([y[..., list(one)].prod(-1) for one in which], -1)


def slow_features(y: Float[Tensor, "*batch T dim"], degree: int = 1) -> Slow:
    r"""The codes that change least from sample to sample, uncorrelated and of variance 1.

    Formula:
        min mean (h_{t+1} - h_t)^2 over h = w . (phi(y) - mean), phi the monomials up to `degree`,
        mean h^2 = 1: the generalised eigenvectors of D w = delta C w, with C the covariance of
        phi and D the second moment of its steps (each divided by how many there are).

    Raises:
        ValueError: if y has fewer than two dimensions or holds a NaN, or degree < 1.
        torch.linalg.LinAlgError: if the monomials are not linearly independent.

    Source: Wiskott and Sejnowski, Slow feature analysis: unsupervised learning of invariances,
        2002.

    Derived on: book/codes/slow.md
    """
    if y.ndim < 2:
        raise ValueError(f"y must have shape (*batch, T, dim). Got {tuple(y.shape)}.")
    check_no_nan("y", y)
    phi = monomials(y, degree)
    mean = phi.mean(-2)
    phi = phi - mean[..., None, :]
    step = phi.diff(dim=-2)
    L = torch.linalg.cholesky(phi.mT @ phi / phi.shape[-2])
    half = torch.linalg.solve_triangular(L, step.mT @ step / step.shape[-2], upper=False)
    both = torch.linalg.solve_triangular(L, half.mT, upper=False)
    delta, U = torch.linalg.eigh(both)
    W = torch.linalg.solve_triangular(L.mT, U, upper=True).mT
    return Slow(W, mean, delta, phi @ W.mT)


def turns(y: Float[Tensor, "n dim"], y_next: Float[Tensor, "n dim"]) -> Turns:
    r"""Pairs of filters whose codes are turned by a fixed angle from y to y_next.

    Formula:
        min sum |y_next - A y|^2 over orthogonal A: A = U V^T with y_next^T y = U S V^T, and
        A = W^T R W, with R turning each pair of rows of W by its angle: if A v = e^{i angle} v,
        the pair is sqrt(2) (Re v, -Im v).

    Raises:
        ValueError: if y is not (n, dim), or y_next has another shape.

    Where two pairs have one angle, their filters are any mixture of both.

    Source: Schoenemann, A generalized solution of the orthogonal Procrustes problem, 1966.

    Derived on: book/codes/slow.md
    """
    check_ndim("y", y, 2, "(n, dim)")
    check_last("y_next", y_next, y.shape[-1], f"({len(y)}, {y.shape[-1]})")
    if y_next.shape != y.shape:
        raise ValueError(f"y_next must have shape {tuple(y.shape)}. Got {tuple(y_next.shape)}.")
    U, _, Vt = torch.linalg.svd(y_next.mT @ y)
    A: Tensor = U @ Vt
    values, v = torch.linalg.eig(A)
    angle = values.angle()
    kept = (angle >= 0).nonzero()[:, 0]
    kept = kept[angle[kept].argsort()]
    pair = torch.stack((v.real, -v.imag), 0)[..., kept].permute(2, 0, 1)
    W = pair / pair[:, :1].norm(dim=-1, keepdim=True)
    return Turns(A, W, angle[kept])


def turned(
    h: Float[Tensor, "*batch 2"], angle: Float[Tensor, "*#batch"]
) -> Float[Tensor, "*batch 2"]:
    """Pairs turned by an angle.

    Formula:
        (cos angle h_1 - sin angle h_2, sin angle h_1 + cos angle h_2).

    Derived on: book/codes/slow.md
    """
    c, s = angle.cos(), angle.sin()
    one, two = h[..., 0], h[..., 1]
    return torch.stack((c * one - s * two, s * one + c * two), -1)
