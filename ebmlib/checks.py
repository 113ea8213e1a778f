"""The checks of input that several modules share: each error names expected and got."""

import math

import torch
from torch import Tensor


def check_last(name: str, tensor: Tensor, size: int, shape: str) -> None:
    """Raise ValueError unless the last dimension of `tensor` has `size` entries."""
    if tensor.ndim == 0 or tensor.shape[-1] != size:
        raise ValueError(f"{name} must have shape {shape}. Got {tuple(tensor.shape)}.")


def check_ndim(name: str, tensor: Tensor, ndim: int, shape: str) -> None:
    """Raise ValueError unless `tensor` has `ndim` dimensions."""
    if tensor.ndim != ndim:
        raise ValueError(f"{name} must have shape {shape}. Got {tuple(tensor.shape)}.")


def check_count(name: str, value: int, least: int = 1) -> None:
    """Raise ValueError unless `value` is an integer of at least `least`."""
    if isinstance(value, bool) or not isinstance(value, int) or value < least:
        raise ValueError(f"{name} must be an integer >= {least}. Got {value!r}.")


def check_positive(name: str, value: float) -> None:
    """Raise ValueError unless `value` is finite and > 0."""
    if not 0 < value < math.inf:
        raise ValueError(f"{name} must be finite and > 0. Got {value}.")


def check_beta(beta: float, *, zero: bool = True) -> None:
    """Raise ValueError unless the coldness lies in [0, inf], or in (0, inf] without `zero`."""
    if not (beta > 0 or (zero and beta == 0)):
        raise ValueError(f"beta must be {'>= 0' if zero else '> 0'}. Got {beta}.")


def check_no_nan(name: str, tensor: Tensor) -> None:
    """Raise ValueError if `tensor` holds a NaN. Inside `torch.func.vmap` nothing is checked."""
    try:
        found = bool(torch.isnan(tensor).any())
    except RuntimeError:  # vmap hides the values
        return
    if found:
        raise ValueError(f"{name} must hold no NaN. Got {int(torch.isnan(tensor).sum())} of them.")
