r"""Finding the way down without a slope: guesses of a gradient from values alone."""

import math
from collections.abc import Callable

import torch
from jaxtyping import Float
from torch import Tensor

from ebmlib.checks import check_count, check_ndim, check_positive


def guess_gradient(
    f: Callable[[Tensor], Tensor],
    w: Float[Tensor, "*batch dim"],
    sigma: float,
    *,
    pairs: int = 1,
    generator: torch.Generator | None = None,
) -> Float[Tensor, "*batch dim"]:
    r"""Guess the gradient of f, smoothed, from the values at pairs of opposite places.

    Formula:
        the mean over pairs of (f(w + sigma u) - f(w - sigma u)) / (2 sigma) u, u ~ N(0, I).
        Its mean is the gradient of f_sigma(w) = E f(w + sigma u). For a quadratic f this is
        the gradient g of f itself, and of one pair E |guess|^2 = (dim + 2) |g|^2.

    Args:
        f: gives one value for each row.
        w: where: one place, or many at once.
        sigma: how far away f is asked.
        pairs: how many guesses are averaged.
        generator: of the directions u.

    Raises:
        ValueError: if sigma is not positive, pairs is below 1, or f gives not one value a row.

    Source: Nesterov and Spokoiny, Random gradient-free minimization of convex functions, 2017

    Derived on: book/optimise/blind.md
    """
    check_positive("sigma", sigma)
    check_count("pairs", pairs)
    u = torch.randn(pairs, *w.shape, generator=generator, dtype=w.dtype, device=w.device)
    change = f(w + sigma * u) - f(w - sigma * u)
    if change.shape != u.shape[:-1]:
        raise ValueError(
            f"f must give one value a row, {tuple(u.shape[:-1])}. Got {tuple(change.shape)}."
        )
    return (change[..., None] / (2 * sigma) * u).mean(0)


def smoothed_rastrigin(w: Float[Tensor, "*batch dim"], sigma: float) -> Float[Tensor, "*batch"]:
    r"""Rastrigin's function, a bowl full of holes, seen by somebody whose eyes are sigma wide.

    Formula:
        f_sigma(w) = |w|^2 + dim sigma^2 + 10 dim - 10 exp(-2 pi^2 sigma^2) sum_i cos(2 pi w_i),
        the mean of f_0(w + sigma u) over u ~ N(0, I). It is convex from
        sigma = sqrt(log(20 pi^2) / (2 pi^2)) = 0.5174 on.

    Raises:
        ValueError: if sigma is negative.

    Source: Rastrigin, 1974; the mean of a cosine over a normal distribution.

    Derived on: book/optimise/blind.md
    """
    if not sigma >= 0:
        raise ValueError(f"sigma must be >= 0. Got {sigma}.")
    dim, hills = w.shape[-1], 10 * math.exp(-2 * math.pi**2 * sigma**2)
    bowl = w.square().sum(-1) + dim * (sigma**2 + 10)
    return bowl - hills * torch.cos(2 * math.pi * w).sum(-1)


def node_guess(
    G: Float[Tensor, "batch out"],
    x: Float[Tensor, "batch dim"],
    *,
    generator: torch.Generator | None = None,
) -> Float[Tensor, "out dim"]:
    r"""Guess the gradient of a linear layer's weights by moving its outputs, a sample at a time.

    Formula:
        sum_n (u_n . G_n) u_n x_n^T with u_n ~ N(0, I): in a small step the cost of sample n
        tells u_n . G_n, and how weights act on outputs is known.
        Its squared error has the mean (out + 1) sum_n |G_n|^2 |x_n|^2.

    Args:
        G: each sample's gradient at the outputs, which the costs tell along u_n alone.
        x: inputs of the layer.
        generator: of the directions u_n.

    Raises:
        ValueError: if G and x are not matrices with one row a sample.

    Source: Flower and Jabri, Summed weight neuron perturbation, 1993

    Derived on: book/optimise/blind.md
    """
    check_ndim("G", G, 2, "(batch, out)")
    check_ndim("x", x, 2, f"({G.shape[0]}, dim)")
    if len(G) != len(x):
        raise ValueError(f"G and x must have as many rows. Got {len(G)} and {len(x)}.")
    u = torch.randn(G.shape, generator=generator, dtype=G.dtype, device=G.device)
    return ((u * G).sum(-1, keepdim=True) * u).mT @ x
