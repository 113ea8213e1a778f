r"""Latent-variable energies E(y, z) and their free energies.

Convention: every variable has a last dimension, its own size, and any dimensions before it,
the batch, which broadcast. A scalar latent has size 1: z has shape (*batch, 1). A grid of
latents has shape (grid, latent), and is put in FRONT of the batch when energies are asked for,
so that an energy that also holds observed x of shape (batch, features), such as
`lambda y, z: E(x, y, z)`, broadcasts as it stands.
"""

import math
from typing import NamedTuple, Protocol

from jaxtyping import Float
from torch import Tensor

from ebmlib.checks import check_beta, check_ndim, check_no_nan
from ebmlib.soft import softargmin, softmin


class Energy(Protocol):
    """A function of a target and a latent, low where they fit: a torch module, or a lambda."""

    def __call__(
        self, y: Float[Tensor, "*#batch dim"], z: Float[Tensor, "*#batch latent"], /
    ) -> Float[Tensor, "*#batch"]:
        """Energy of each pair; the dimensions before the last broadcast."""
        ...


class FreeEnergy(NamedTuple):
    """The zero-temperature free energy and where it is reached."""

    F: Float[Tensor, " batch"]
    """The lowest energy of each sample over the grid."""
    z: Float[Tensor, "batch latent"]
    """z-check: the latent of the grid with that energy."""


def energies(
    E: Energy, y: Float[Tensor, "batch dim"], z: Float[Tensor, "grid latent"]
) -> Float[Tensor, "batch grid"]:
    """Energy of every sample with every latent of a grid.

    Formula:
        e_bn = E(y_b, z_n).

    Raises:
        ValueError: on a wrong shape, an empty grid, a NaN in y or z, or if E does not
            return one energy for each pair.

    Derived on: book/ellipse/manifold.md
    """
    check_ndim("y", y, 2, "(batch, dim)")
    check_ndim("z", z, 2, "(grid, latent)")
    if z.shape[0] == 0:
        raise ValueError(f"z must hold at least one latent. Got shape {tuple(z.shape)}.")
    check_no_nan("y", y)
    check_no_nan("z", z)
    e = E(y, z.unsqueeze(1))
    if e.shape != (z.shape[0], y.shape[0]):
        raise ValueError(
            f"E must return shape (grid, batch) = {(z.shape[0], y.shape[0])}. Got {tuple(e.shape)}."
        )
    return e.movedim(0, -1)


def free_energy_inf(
    E: Energy, y: Float[Tensor, "batch dim"], z: Float[Tensor, "grid latent"]
) -> FreeEnergy:
    r"""Zero-temperature free energy over a grid, with the latent that reaches it.

    Formula:
        F_inf(y) = min_n E(y, z_n), z-check = argmin_n E(y, z_n).
        The gradient of F_inf with respect to the parameters of E is that of E at z-check.

    Raises:
        ValueError: as `energies`.

    Derived on: book/ellipse/free-energy.md
    """
    F, n = energies(E, y, z).min(-1)
    return FreeEnergy(F, z[n])


def free_energy(
    E: Energy,
    y: Float[Tensor, "batch dim"],
    z: Float[Tensor, "grid latent"],
    beta: float = math.inf,
) -> Float[Tensor, " batch"]:
    r"""Free energy over a grid at coldness beta.

    Formula:
        F_beta(y) = softmin_beta over n of E(y, z_n)
                  = -(1/beta) log( (1/N) sum_n exp(-beta E(y, z_n)) );
        the mean energy for beta = 0, the lowest for beta = inf.

    Args:
        E: the energy.
        y: targets.
        z: the grid, N latents, all of the same weight.
        beta: coldness in [0, inf], in one over the unit of E.

    Raises:
        ValueError: as `energies`, or if beta is negative or NaN.

    Derived on: book/ellipse/free-energy.md
    """
    check_beta(beta)
    return softmin(energies(E, y, z), beta)


def gibbs(
    E: Energy,
    y: Float[Tensor, "batch dim"],
    z: Float[Tensor, "grid latent"],
    beta: float = math.inf,
) -> Float[Tensor, "batch grid"]:
    r"""Gibbs distribution of the latent given y, over a grid.

    Formula:
        P(z_n | y) = softargmin_beta(e)_n = exp(-beta E(y, z_n)) / sum_m exp(-beta E(y, z_m)).
        The gradient of F_beta is the mean of the gradients of E under this distribution.

    Raises:
        ValueError: as `free_energy`.

    Derived on: book/ellipse/free-energy.md
    """
    check_beta(beta)
    return softargmin(energies(E, y, z), beta)
