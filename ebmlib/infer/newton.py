"""Newton's method on a scalar latent: refine what a grid has found."""

import torch
from jaxtyping import Float
from torch import Tensor

from ebmlib.checks import check_count, check_positive
from ebmlib.energy import Energy
from ebmlib.infer.minimum import asked, starting_point


def newton(
    E: Energy,
    y: Float[Tensor, "*#batch dim"],
    z: Float[Tensor, "*#batch 1"],
    /,
    *,
    steps: int = 3,
    reach: float = 0.1,
) -> Float[Tensor, "*batch 1"]:
    """A fixed number of Newton steps from a start that is already close to a minimum.

    Formula:
        z <- z - clip(E' / |E''|, -reach, reach), the derivatives with respect to z: downhill
        also where the curvature is negative. Near a minimum the error is squared at each step.

    Args:
        E: the energy.
        y: targets.
        z: starts, scalar latents, such as those of a grid.
        steps: the number of steps.
        reach: the longest step, about the grid's spacing.

    Returns:
        The refined latents, detached. No energy is compared: use `lbfgs` from far away.

    Raises:
        RuntimeError: under `torch.inference_mode`.
        ValueError: if z is not a scalar latent, and as `starting_point`; if steps < 1, reach is
            not positive, E is not one energy for each latent, or its slope does not depend on z.

    Derived on: book/ellipse/inference.md
    """
    check_count("steps", steps)
    check_positive("reach", reach)
    if z.ndim == 0 or z.shape[-1] != 1:
        raise ValueError(f"z must have shape (*batch, 1). Got {tuple(z.shape)}.")
    z = starting_point(y, z)
    for _ in range(steps):
        with torch.enable_grad():
            e, z = asked(E, y, z)
            (slope,) = torch.autograd.grad(e.sum(), z, create_graph=True)
            if not slope.requires_grad:
                raise ValueError("E must bend with z. Got an energy whose slope is constant.")
            (curvature,) = torch.autograd.grad(slope.sum(), z)
        step = slope.detach() / curvature.abs().clamp(min=1e-12)
        z = z.detach() - step.clamp(-reach, reach)
    return z
