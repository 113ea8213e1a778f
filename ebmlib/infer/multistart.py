"""Multi-start: descend from several latents and keep the lowest."""

from functools import partial
from typing import Any

import torch
from jaxtyping import Float
from torch import Tensor

from ebmlib.energy import Energy
from ebmlib.infer.minimum import Method, Minimum


def multistart(
    method: Method,
    E: Energy,
    y: Float[Tensor, "batch dim"],
    starts: Float[Tensor, "starts *batch_latent"],
    *,
    path: bool = False,
    **options: Any,
) -> Minimum:
    """Minimise from several starts at once and keep the lowest end of each sample.

    Args:
        method: such as `ebmlib.infer.lbfgs.lbfgs`.
        E: the energy.
        y: targets.
        starts: latents of shape (starts, latent), the same for every sample, or
            (starts, batch, latent).
        path: whether to keep the path of the best start.
        options: passed on to the method.

    Returns:
        The best of each sample; `iterations` are those of the best start, `evaluations` the
        sum over all.

    Raises:
        ValueError: on a wrong shape or an empty set of starts, and as the method.

    Derived on: book/ellipse/inference.md
    """
    if starts.ndim not in (2, 3) or starts.shape[0] == 0 or y.ndim != 2:
        raise ValueError(
            "starts must have shape (starts, latent) or (starts, batch, latent) and y (batch, dim)."
            f" Got {tuple(starts.shape)} and {tuple(y.shape)}."
        )
    z = starts.unsqueeze(1) if starts.ndim == 2 else starts
    every = partial(method, path=path, **options)(E, y, z)
    best = every.E.nan_to_num(nan=float("inf")).argmin(0)
    sample = torch.arange(y.shape[0], device=y.device)
    return Minimum(
        every.z[best, sample],
        every.E[best, sample],
        every.iterations[best, sample],
        every.evaluations.sum(0),
        every.converged[best, sample],
        None if every.path is None else every.path[:, best, sample],
    )
