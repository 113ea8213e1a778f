r"""Ask for something: lean on a class, or clamp what is known and draw or infer the rest."""

from collections.abc import Callable, Iterator

import torch
from jaxtyping import Bool, Float
from torch import Tensor

from ebmlib.checks import check_count
from ebmlib.scores.diffusion import ancestral, check_levels

Denoise = Callable[[Tensor, Tensor], Tensor]
"""From y (*batch, dim) and sigma (a number) to the clean y that is expected, (*batch, dim)."""


def guided(D: Denoise, D_c: Denoise, w: float | Tensor) -> Denoise:
    r"""A denoiser that leans towards a condition, beyond what the condition says.

    Formula:
        D_c + w (D_c - D), and so for the scores. w = 0 is the conditional model, w = -1 the one
        without a condition. What the flow then draws is NOT the density p_c (p_c / p)^w.

    Args:
        D: the denoiser of all data.
        D_c: that of the data of one class.
        w: how far to lean.

    Source: Ho and Salimans, Classifier-free diffusion guidance, 2022

    Derived on: book/sampling/guidance.md
    """

    def leaning(y: Tensor, sigma: Tensor) -> Tensor:
        conditional = D_c(y, sigma)
        return conditional + w * (conditional - D(y, sigma))

    return leaning


def replaced(
    D: Denoise,
    y: Float[Tensor, "batch dim"],
    known: Bool[Tensor, " dim"],
    sigmas: Float[Tensor, " levels"],
    *,
    repeats: int = 1,
    generator: torch.Generator | None = None,
) -> Iterator[Float[Tensor, "batch dim"]]:
    r"""Fill in by replacement: walk down, and at each level put the known entries, noised, back.

    Formula:
        From level a to b: y_b = a step of the ancestral walk, but y_b = y + b eps where y is known.
        Before each repeat the point goes up again: y_a = y_b + sqrt(a^2 - b^2) eps. This does not
        draw from p(missing | known), however many repeats there are.

    Args:
        D: the denoiser of whole points.
        y: the known entries, clean; the others are not looked at.
        known: which entries are known.
        sigmas: the levels, falling.
        repeats: how often each step is taken.
        generator: of the noise.

    Yields:
        y at each level after the first; the known entries clean.

    Raises:
        ValueError: if repeats < 1, or as ancestral.

    Source: Lugmayr et al., RePaint: Inpainting using denoising diffusion probabilistic models, 2022

    Derived on: book/sampling/guidance.md
    """
    check_count("repeats", repeats)
    check_levels(sigmas, fall=True)
    return _replace(D, y, known, sigmas, repeats, generator)


def _replace(
    D: Denoise,
    clean: Tensor,
    known: Tensor,
    sigmas: Tensor,
    repeats: int,
    generator: torch.Generator | None,
) -> Iterator[Tensor]:
    def normal() -> Tensor:
        how, device = clean.dtype, clean.device
        return torch.randn(clean.shape, generator=generator, dtype=how, device=device)

    y = torch.where(known, clean, 0) + sigmas[0] * normal()
    for i in range(len(sigmas) - 1):
        a, b = sigmas[i : i + 2]
        for again in range(repeats):
            if again:
                y = y + (a**2 - b**2).sqrt() * normal()
            (step,) = ancestral(D, y, sigmas[i : i + 2], generator=generator)
            y = torch.where(known, clean + b * normal(), step)
        yield torch.where(known, clean, y)


def membrane(rows: int, columns: int, *, dtype: torch.dtype | None = None) -> Tensor:
    r"""The matrix of a stretched membrane: the energy of an image is its roughness.

    Formula:
        y^T A y = sum over neighbours i, j of (y_i - y_j)^2, each pair once, row by row of the
        image. A is the grid's Laplacian, and filling in with it solves Laplace's equation.

    Shapes: (rows columns, rows columns).

    Raises:
        ValueError: if rows or columns is < 1.

    Derived on: book/sampling/guidance.md
    """
    check_count("rows", rows)
    check_count("columns", columns)
    index = torch.arange(rows * columns).reshape(rows, columns)
    pairs = [(index[1:], index[:-1]), (index[:, 1:], index[:, :-1])]
    one, other = (torch.cat([pair[k].flatten() for pair in pairs]) for k in (0, 1))
    eye = torch.eye(rows * columns, dtype=dtype)
    differences = eye[one] - eye[other]
    return differences.mT @ differences


def clamped_minimum(
    A: Float[Tensor, "dim dim"],
    mean: Float[Tensor, " dim"],
    y: Float[Tensor, "*batch dim"],
    known: Bool[Tensor, " dim"],
) -> Float[Tensor, "*batch dim"]:
    r"""The lowest point of a bowl where some entries are clamped: one linear solve.

    Formula:
        argmin of (y - m)^T A (y - m) over the missing entries: m_h - A_hh^-1 A_hk (y_k - m_k).
        With A the inverse of a Gaussian's covariance it is the conditional mean.

    Args:
        A: symmetric, and positive definite on the missing entries.
        mean: m.
        y: the known entries; the others are not looked at.
        known: which entries are known.

    Raises:
        torch.linalg.LinAlgError: if A is singular on the missing entries.

    Derived on: book/sampling/guidance.md
    """
    away = (y - mean)[..., known]
    G = torch.linalg.solve(A[~known][:, ~known], A[~known][:, known])
    filled = y.clone()
    filled[..., ~known] = mean[~known] - away @ G.mT
    return filled
