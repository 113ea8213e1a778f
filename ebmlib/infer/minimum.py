"""What inference returns, and the batched gradient that it descends."""

from dataclasses import dataclass
from typing import Protocol

import torch
from jaxtyping import Bool, Float, Int
from torch import Tensor

from ebmlib.checks import check_no_nan
from ebmlib.energy import Energy


@dataclass(frozen=True)
class Minimum:
    """Minimisers of a batch of samples. Everything is detached from the graph."""

    z: Float[Tensor, "*batch latent"]
    """z-check, the minimiser of each sample."""
    E: Float[Tensor, "*batch"]
    """The energy there."""
    iterations: Int[Tensor, "*batch"]
    """Steps taken by each sample until it stopped."""
    evaluations: Int[Tensor, "*batch"]
    """Energies asked for by each sample, line searches included."""
    converged: Bool[Tensor, "*batch"]
    """Whether the largest component of the gradient fell to the tolerance."""
    path: Float[Tensor, "steps *batch latent"] | None = None
    """Start and the latent after each step, if asked for; a stopped sample stays."""


class Method(Protocol):
    """A method of inference, such as `ebmlib.infer.lbfgs.lbfgs`."""

    def __call__(
        self,
        E: Energy,
        y: Float[Tensor, "*#batch dim"],
        z: Float[Tensor, "*#batch latent"],
        /,
        *,
        path: bool = ...,
    ) -> Minimum:
        """Minimise E(y, z) over z from the given start."""
        ...


def value_and_gradient(
    E: Energy, y: Float[Tensor, "*#batch dim"], z: Float[Tensor, "*batch latent"]
) -> tuple[Float[Tensor, "*batch"], Float[Tensor, "*batch latent"]]:
    """Energies and their gradients with respect to each latent, both detached.

    Each energy depends on its own latent alone, so that the gradient of their SUM holds the
    gradient of each: one backward pass serves the whole batch.
    """
    with torch.enable_grad():
        z = z.detach().requires_grad_()
        e = E(y, z)
        if not e.requires_grad:
            raise ValueError("E must depend on z. Got an energy without a gradient.")
        (g,) = torch.autograd.grad(e.sum(), z)
    return e.detach(), g


def starting_point(
    E: Energy, y: Float[Tensor, "*#batch dim"], z: Float[Tensor, "*#batch latent"]
) -> Float[Tensor, "*batch latent"]:
    """Check the input and return one start for every energy.

    Raises:
        ValueError: if y or z holds a NaN, lacks a dimension or cannot be broadcast, or if E
            does not return one energy for each pair.
    """
    for name, tensor in (("y", y), ("z", z)):
        if tensor.ndim == 0 or tensor.shape[-1] == 0:
            raise ValueError(f"{name} must have shape (*batch, size). Got {tuple(tensor.shape)}.")
        check_no_nan(name, tensor)
    try:
        batch = torch.broadcast_shapes(  # type: ignore[no-untyped-call]
            y.shape[:-1], z.shape[:-1]
        )
    except RuntimeError:
        raise ValueError(
            f"y and z must agree before their last dimension. "
            f"Got {tuple(y.shape)} and {tuple(z.shape)}."
        ) from None
    z = z.detach().expand(*batch, z.shape[-1]).clone()
    with torch.no_grad():
        e = E(y, z)
    if e.shape != batch:
        raise ValueError(f"E must return shape {tuple(batch)}. Got {tuple(e.shape)}.")
    return z
