r"""Denoising: learn to undo a known corruption, and with it the way towards the data."""

from collections.abc import Callable

import torch
from jaxtyping import Float
from torch import Tensor

from ebmlib.checks import check_positive
from ebmlib.generative.kmeans import one_hot_energies
from ebmlib.soft import softargmin


def corrupt(
    y: Float[Tensor, "*batch dim"], sigma: float, *, generator: torch.Generator | None = None
) -> Float[Tensor, "*batch dim"]:
    r"""Corrupted copies y-hat of the targets.

    Formula:
        y-hat = y + sigma eps, eps ~ N(0, I).

    Raises:
        ValueError: if sigma is not positive.

    Derived on: book/generative/denoising.md
    """
    check_positive("sigma", sigma)
    eps = torch.randn(y.shape, generator=generator, dtype=y.dtype, device=y.device)
    return y + sigma * eps


def denoising_loss(
    r: Callable[[Tensor], Tensor],
    y: Float[Tensor, "nets batch dim"],
    y_hat: Float[Tensor, "nets batch dim"],
) -> Float[Tensor, " nets"]:
    r"""Mean squared distance between the reconstruction of what was corrupted and the original.

    Formula:
        mean of |r(y-hat) - y|^2. Its minimiser is r(y-hat) = E[y | y-hat].

    Source: Vincent et al., Extracting and composing robust features with denoising autoencoders,
        2008; their x and x-tilde are our y and y-hat.

    Derived on: book/generative/denoising.md
    """
    return (r(y_hat) - y).square().sum(-1).mean(-1)


def bayes_denoiser(
    y_hat: Float[Tensor, "*batch dim"], y: Float[Tensor, "n dim"], sigma: float
) -> Float[Tensor, "*batch dim"]:
    r"""The best denoiser when the clean targets are exactly these n points.

    Formula:
        r(y-hat) = sum_i q_i y_i, q = softargmin_beta over i of |y-hat - y_i|^2,
        beta = 1/(2 sigma^2). It is y-hat - (1/2) grad F_beta(y-hat), with the free energy of
        K-means whose centroids are the n points, and y-hat + sigma^2 grad log p(y-hat).

    Raises:
        ValueError: if the dimensions differ or sigma is not positive.

    Source: Vincent, A connection between score matching and denoising autoencoders, 2011;
        Alain and Bengio, What regularized auto-encoders learn from the data-generating
        distribution, 2014.

    Derived on: book/generative/denoising.md
    """
    check_positive("sigma", sigma)
    return softargmin(one_hot_energies(y_hat, y.mT), 1 / (2 * sigma**2)) @ y
