r"""Features that nobody trained: products of the inputs, and neighbours that vote."""

import math

import torch
from jaxtyping import Float
from torch import Tensor

from ebmlib.checks import check_count, check_ndim, check_positive
from ebmlib.soft import softmin


def labellings(n: int, d: int) -> int:
    """In how many ways hyperplanes through the origin part n points of R^d into two classes.

    Formula:
        2 sum_{k < d} C(n - 1, k), for points in general position: no d of them are dependent.

    Raises:
        ValueError: if n or d is < 1.

    Source: Cover, Geometrical and statistical properties of systems of linear inequalities with
        applications in pattern recognition, 1965.

    Derived on: book/spiral/features.md
    """
    check_count("n", n)
    check_count("d", d)
    return 2 * sum(math.comb(n - 1, k) for k in range(d))


def monomials(x: Float[Tensor, "batch 2"], degree: int) -> Float[Tensor, "batch features"]:
    """All products of the two inputs of degree 1 to `degree`; the bias is the constant one.

    Formula:
        x_1^a x_2^b with 1 <= a + b <= D: C(D + 2, 2) - 1 of them, by degree, and of one degree by
        rising b.

    Raises:
        ValueError: if x is not (batch, 2), or degree < 1.

    Derived on: book/spiral/features.md
    """
    check_count("degree", degree)
    check_ndim("x", x, 2, "(batch, 2)")
    if x.shape[1] != 2:
        raise ValueError(f"x must have shape (batch, 2). Got {tuple(x.shape)}.")
    x1, x2 = x.unbind(1)
    powers = [(k - b, b) for k in range(1, degree + 1) for b in range(k + 1)]
    return torch.stack([x1**a * x2**b for a, b in powers], 1)


def vote(
    x: Float[Tensor, "batch dim"],
    samples: Float[Tensor, "classes n dim"],
    beta: float,
) -> Float[Tensor, "batch classes"]:
    """The energy of each class at x, if the samples of the class vote, the nearer the louder.

    Formula:
        E(x, k) = -(1/beta) log (1/n) sum_i exp(-beta |x - x_i|^2), over the n samples x_i of
        class k: a free energy whose latent is the sample that x is taken for.

    Args:
        x: where.
        samples: of each class equally many.
        beta: how much nearness counts; a large one leaves the vote to the nearest sample.

    Raises:
        ValueError: if beta is not > 0, x not (batch, dim) or samples not (classes, n, dim).

    Derived on: book/spiral/features.md
    """
    check_ndim("x", x, 2, "(batch, dim)")
    check_ndim("samples", samples, 3, "(classes, n, dim)")
    check_positive("beta", beta)
    squares = (x[:, None, None] - samples).square().sum(-1)
    return softmin(squares, beta)
