"""Maximum likelihood for an energy of one number: the energy of the data plus log Z."""

import math

import torch
from jaxtyping import Float
from torch import Tensor


def log_partition(e: Float[Tensor, "*batch grid"], dy: float) -> Float[Tensor, "*batch"]:
    r"""Logarithm of the partition function, by the midpoint rule.

    Formula:
        log Z = log of the integral of exp(-E(y)) dy, about log( dy sum_n exp(-e_n) ).

    Args:
        e: energies at the midpoints of equal cells that cover all that matters.
        dy: the width of a cell.

    Raises:
        ValueError: if dy is not positive.

    Derived on: book/spiral/likelihood.md
    """
    if not dy > 0:
        raise ValueError(f"dy must be > 0. Got {dy}.")
    return torch.logsumexp(-e, -1) + math.log(dy)


def negative_log_likelihood(
    e: Float[Tensor, " batch"], log_z: Float[Tensor, ""]
) -> Float[Tensor, ""]:
    """Mean negative log-likelihood of samples under exp(-E) / Z.

    Formula:
        L = (1/P) sum_i E(y_i) + log Z, in nats. Its gradient is that of the samples' mean
        energy minus that of the model's own mean energy: down at the data, up at the model's
        samples.

    Derived on: book/spiral/likelihood.md
    """
    return e.mean() + log_z


def gaussian_energy(
    y: Float[Tensor, "*batch"], mean: Float[Tensor, ""], std: Float[Tensor, ""]
) -> Float[Tensor, "*batch"]:
    """Energy of a Gaussian: half the squared distance in units of std; log Z = log(std sqrt(2 pi)).

    Derived on: book/spiral/likelihood.md
    """
    return 0.5 * ((y - mean) / std).square()


def gaussian_entropy(std: Float[Tensor, "*batch"]) -> Float[Tensor, "*batch"]:
    """Differential entropy of a Gaussian, in nats: (1/2) log(2 pi e std^2).

    Derived on: book/spiral/likelihood.md
    """
    return std.log() + 0.5 * math.log(2 * math.pi * math.e)


def gaussian_kl(
    mean: Float[Tensor, ""],
    std: Float[Tensor, ""],
    model_mean: Float[Tensor, ""],
    model_std: Float[Tensor, ""],
) -> Float[Tensor, ""]:
    """Kullback-Leibler divergence KL(data || model) of two Gaussians, in nats.

    Formula:
        log(s' / s) + (s^2 + (m - m')^2) / (2 s'^2) - 1/2, primes for the model.

    Derived on: book/spiral/likelihood.md
    """
    gap = (std.square() + (mean - model_mean).square()) / model_std.square()
    return (model_std / std).log() + 0.5 * (gap - 1)
