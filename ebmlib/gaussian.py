"""The Gaussian: its energy, its density, its entropy, and how far it is from another one."""

import math

import torch
from jaxtyping import Float
from torch import Tensor


def energy(
    y: Float[Tensor, "*batch"], mean: Float[Tensor, ""], std: Float[Tensor, ""]
) -> Float[Tensor, "*batch"]:
    """Energy of a Gaussian of one number: half the squared distance in units of std.

    Formula:
        E(y) = (1/2) ((y - mean) / std)^2, with log Z = log(std sqrt(2 pi)).

    Derived on: book/spiral/likelihood.md
    """
    return 0.5 * ((y - mean) / std).square()


def nll(
    y: Float[Tensor, "*#batch dim"],
    mean: Float[Tensor, "*#batch dim"],
    cov: float | Float[Tensor, "dim dim"],
) -> Float[Tensor, "*#batch"]:
    """Minus the log density of a Gaussian, in nats.

    Formula:
        (1/2) (y - mean)^T C^-1 (y - mean) + (1/2) log det C + (dim/2) log(2 pi).

    Args:
        y: where the density is asked for.
        mean: of the Gaussian; it broadcasts against y.
        cov: the covariance C; a number v stands for v I, the same variance everywhere.

    Raises:
        ValueError: if the number is not positive.
        torch.linalg.LinAlgError: if the matrix is not positive definite.

    Derived on: book/generative/variational.md
    """
    dim = y.shape[-1]
    if not isinstance(cov, Tensor):
        return (y - mean).square().sum(-1) / (2 * cov) + log_norm(dim, cov)
    L = torch.linalg.cholesky(cov)
    white = torch.linalg.solve_triangular(L, (y - mean).unsqueeze(-1), upper=False).squeeze(-1)
    log_det: Tensor = 2 * L.diagonal().log().sum()
    squares: Tensor = white.square().sum(-1)
    return (squares + log_det + dim * math.log(2 * math.pi)) / 2


def log_norm(dim: int, variance: float) -> float:
    """Minus the log density of N(0, variance I) at its top, in nats.

    Raises:
        ValueError: if the variance is not positive.
    """
    if not variance > 0:
        raise ValueError(f"the variance must be > 0. Got {variance}.")
    return dim / 2 * math.log(2 * math.pi * variance)


def entropy(std: Float[Tensor, "*batch"]) -> Float[Tensor, "*batch"]:
    """Differential entropy of a Gaussian of one number, in nats: (1/2) log(2 pi e std^2).

    Derived on: book/spiral/likelihood.md
    """
    return std.log() + 0.5 * math.log(2 * math.pi * math.e)


def kl(
    mean: Float[Tensor, ""],
    std: Float[Tensor, ""],
    model_mean: Float[Tensor, ""],
    model_std: Float[Tensor, ""],
) -> Float[Tensor, ""]:
    """Kullback-Leibler divergence KL(data || model) of two Gaussians of one number, in nats.

    Formula:
        log(s' / s) + (s^2 + (m - m')^2) / (2 s'^2) - 1/2, primes for the model.

    Derived on: book/spiral/likelihood.md
    """
    gap = (std.square() + (mean - model_mean).square()) / model_std.square()
    return (model_std / std).log() + 0.5 * (gap - 1)
