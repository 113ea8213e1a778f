"""What inference returns, and the batched gradient that it descends."""

from dataclasses import dataclass
from typing import Protocol

import torch
from jaxtyping import Bool, Float, Int, Num
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


def asked(
    E: Energy, y: Num[Tensor, "*#batch dim"], z: Float[Tensor, "*batch latent"]
) -> tuple[Float[Tensor, "*batch"], Float[Tensor, "*batch latent"]]:
    """Energies with their graph, and the latents that they can be differentiated by.

    Raises:
        ValueError: if E does not return one energy for each latent, or none depends on it.
    """
    z = z.detach().requires_grad_()
    e = E(y, z)
    if e.shape != z.shape[:-1]:
        raise ValueError(f"E must return shape {tuple(z.shape[:-1])}. Got {tuple(e.shape)}.")
    if not e.requires_grad:
        raise ValueError("E must depend on z. Got an energy without a gradient.")
    return e, z


def value_and_gradient(
    E: Energy, y: Num[Tensor, "*#batch dim"], z: Float[Tensor, "*batch latent"]
) -> tuple[Float[Tensor, "*batch"], Float[Tensor, "*batch latent"]]:
    """Energies and their gradients with respect to each latent, both detached.

    Each energy depends on its own latent alone, so that the gradient of their SUM holds the
    gradient of each: one backward pass serves the whole batch.

    Raises:
        ValueError: if E does not return one energy for each latent, or none depends on it.
    """
    with torch.enable_grad():
        e, z = asked(E, y, z)
        (g,) = torch.autograd.grad(e.sum(), z)
    return e.detach(), g


def batch_shape(
    y: Float[Tensor, "*#batch dim"], z: Float[Tensor, "*#batch latent"]
) -> tuple[int, ...]:
    """Check the input and return the shape of the energies.

    Raises:
        ValueError: if y or z holds a NaN, lacks a dimension or cannot be broadcast, or if z
            has no floating dtype.
    """
    for name, tensor in (("y", y), ("z", z)):
        if tensor.ndim == 0 or tensor.shape[-1] == 0:
            raise ValueError(f"{name} must have shape (*batch, size). Got {tuple(tensor.shape)}.")
        check_no_nan(name, tensor)
    if not z.is_floating_point():
        raise ValueError(f"z must have a floating dtype. Got {z.dtype}.")
    try:
        return torch.broadcast_shapes(  # type: ignore[no-untyped-call,no-any-return]
            y.shape[:-1], z.shape[:-1]
        )
    except RuntimeError:
        raise ValueError(
            f"y and z must agree before their last dimension. "
            f"Got {tuple(y.shape)} and {tuple(z.shape)}."
        ) from None


def starting_point(
    y: Float[Tensor, "*#batch dim"], z: Float[Tensor, "*#batch latent"]
) -> Float[Tensor, "*batch latent"]:
    """Check the input and return one start for every energy.

    Raises:
        RuntimeError: under `torch.inference_mode`, which allows no gradient.
        ValueError: as `batch_shape`.
    """
    if torch.is_inference_mode_enabled():
        raise RuntimeError(
            "Inference of a latent needs gradients: call it outside torch.inference_mode, "
            "under torch.no_grad if you like. Got torch.inference_mode."
        )
    return z.detach().expand(*batch_shape(y, z), z.shape[-1]).clone()
