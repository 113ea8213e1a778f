"""Exhaustive search: try every latent of a grid."""

import torch
from jaxtyping import Float
from torch import Tensor

from ebmlib.energy import Energy, energies
from ebmlib.infer.minimum import Minimum


def exhaustive(
    E: Energy, y: Float[Tensor, "batch dim"], z: Float[Tensor, "grid latent"]
) -> Minimum:
    """Lowest energy of each sample over a grid.

    Formula:
        z-check = argmin_n E(y, z_n).

    On a scalar latent it cannot miss a valley that is still the lowest half a spacing from its
    bottom. A valley may be wider than that and be missed, if it is steep: the nodes at its
    sides lie high. It costs an energy for each latent of the grid, n^latent for n a side: right
    for one latent dimension, hopeless for many.

    Raises:
        ValueError: on a wrong shape, an empty grid, or a NaN.

    Derived on: book/ellipse/inference.md
    """
    with torch.no_grad():
        e, n = energies(E, y, z).min(-1)
    count = torch.full_like(n, z.shape[0])
    return Minimum(z.detach()[n], e, torch.ones_like(n), count, torch.ones_like(n).bool())
