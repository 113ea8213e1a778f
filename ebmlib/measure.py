"""How good the answers are: accuracy, modes found, and ranks that compare scores of any unit."""

import torch
from jaxtyping import Float, Int
from torch import Tensor

from ebmlib.checks import check_ndim, check_no_nan


def accuracy(s: Float[Tensor, "batch classes"], y: Int[Tensor, " batch"]) -> float:
    """Share of the samples whose largest score is that of their class.

    Raises:
        ValueError: if y is not (batch,), or s not (batch, classes) with one row for each y.

    Derived on: book/spiral/classify.md
    """
    check_ndim("y", y, 1, "(batch,)")
    if s.ndim != 2 or len(s) != len(y):
        raise ValueError(f"s must have shape ({len(y)}, classes). Got {tuple(s.shape)}.")
    return (s.argmax(-1) == y).double().mean().item()


def modes_found(
    y: Float[Tensor, "nets n dim"],
    centres: Float[Tensor, "modes dim"],
    *,
    near: float,
    least: int,
) -> Float[Tensor, " nets"]:
    """How many centres have at least `least` points within the distance `near`, for each net.

    Derived on: book/generative/adversarial.md
    """
    close = torch.cdist(y, centres.expand(len(y), -1, -1)) < near
    return (close.sum(1) >= least).sum(-1).to(y.dtype)


def ranks(values: Float[Tensor, " n"]) -> Float[Tensor, " n"]:
    """Rank of each value, from 0 for the least to 1 for the greatest; equals share their mean.

    Energies of different units become comparable: only their order is left.

    Raises:
        ValueError: if there are fewer than two values, or one is a NaN.

    Derived on: book/generative/energies.md
    """
    if values.ndim != 1 or len(values) < 2:
        raise ValueError(f"values must have shape (n,), n >= 2. Got {tuple(values.shape)}.")
    check_no_nan("values", values)  # it has no rank
    _, group, count = torch.unique(values, return_inverse=True, return_counts=True)
    last = count.cumsum(0).to(values.dtype)
    rank: Tensor = (last - (count.to(values.dtype) + 1) / 2) / (len(values) - 1)
    return rank[group]
