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
