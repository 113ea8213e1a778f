"""The curvature of a loss: how long its bowl is, and steps that divide by it."""

import torch
from jaxtyping import Float
from torch import Tensor

from ebmlib.checks import check_positive


def condition(H: Float[Tensor, "*batch d d"]) -> Float[Tensor, "*batch"]:
    r"""The largest curvature of a bowl by its smallest.

    Formula:
        kappa = lambda_max / lambda_min of the symmetric H.

    Raises:
        ValueError: if H is not square or has an eigenvalue that is not positive.

    Source: the factor a step of descent at its best rate is (kappa - 1) / (kappa + 1).

    Derived on: book/optimise/curvature.md
    """
    _check_square(H)
    eigenvalues = torch.linalg.eigvalsh(H)
    least = eigenvalues[..., 0]
    if not (least > 0).all():
        raise ValueError(f"H must have positive eigenvalues. Got {float(least.min())}.")
    kappa: Tensor = eigenvalues[..., -1] / least
    return kappa


def absolute_newton(
    g: Float[Tensor, "*batch d"], H: Float[Tensor, "*batch d d"], *, least: float = 1e-9
) -> Float[Tensor, "*batch d"]:
    r"""The step against the gradient, divided by the size of each curvature.

    Formula:
        -|H|^{-1} g, with |H| = Q |Lambda| Q^T for H = Q Lambda Q^T. Where all curvatures are
        positive it is Newton's step; along a negative one it goes down, where Newton's climbs.

    Args:
        g: gradient.
        H: Hessian, symmetric.
        least: the smallest size of a curvature that is divided by.

    Raises:
        ValueError: if H is not square or `least` not positive.

    Source: Dauphin et al., Identifying and attacking the saddle point problem in
        high-dimensional non-convex optimization, 2014

    Derived on: book/optimise/curvature.md
    """
    _check_square(H)
    check_positive("least", least)
    eigenvalues, Q = torch.linalg.eigh(H)
    along = (Q.mT @ g[..., None]) / eigenvalues.abs().clamp(min=least)[..., None]
    step: Tensor = -(Q @ along)[..., 0]
    return step


def _check_square(H: Tensor) -> None:
    if H.ndim < 2 or H.shape[-1] != H.shape[-2]:
        raise ValueError(f"H must have shape (*batch, d, d). Got {tuple(H.shape)}.")
