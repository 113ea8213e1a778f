r"""Loss functionals: one number that says how good the free energies of a model are.

Each takes free energies F(y-check) of what is to be pushed down and, except the first, F(y-hat)
of what is to be pushed up. Their gradients with respect to the two energies are the forces.
"""

import math

import torch
from jaxtyping import Float
from torch import Tensor

from ebmlib.checks import check_beta


def energy_loss(F: Float[Tensor, "*batch"]) -> Float[Tensor, ""]:
    r"""Mean free energy of the data.

    Formula:
        L = (1/P) sum F(y_i): a force of 1/P down on each sample, and nothing that holds the
        rest up.

    Derived on: book/ellipse/training.md
    """
    return F.mean()


def hinge_loss(
    F_check: Float[Tensor, "*batch"], F_hat: Float[Tensor, "*batch"], m: float = 1.0
) -> Float[Tensor, ""]:
    r"""Hinge loss with margin m.

    Formula:
        L = mean of [m + F(y-check) - F(y-hat)]^+ : down on y-check and up on y-hat with the
        same force, which ends as soon as the two are m apart.

    Args:
        F_check: free energies of the samples, pushed down.
        F_hat: free energies of the contrastive points, pushed up.
        m: margin, in the unit of F.

    Raises:
        ValueError: if m is not positive, or the shapes differ.

    Source: LeCun et al., A tutorial on energy-based learning, 2006.

    Derived on: book/ellipse/losses.md
    """
    if not m > 0:
        raise ValueError(f"m must be > 0. Got {m}.")
    return (m + _gap(F_check, F_hat)).clamp(min=0).mean()


def _gap(F_check: Tensor, F_hat: Tensor) -> Tensor:
    """F(y-check) - F(y-hat), pair by pair: broadcast, each would meet all others."""
    if F_check.shape != F_hat.shape:
        raise ValueError(
            f"F_check and F_hat must have one shape. Got {tuple(F_check.shape)} and "
            f"{tuple(F_hat.shape)}."
        )
    return F_check - F_hat


def log_loss(
    F_check: Float[Tensor, "*batch"], F_hat: Float[Tensor, "*batch"], beta: float = 1.0
) -> Float[Tensor, ""]:
    r"""Log loss: a hinge without an edge.

    Formula:
        L = mean of (1/beta) log(1 + exp(beta (F(y-check) - F(y-hat)))), with the force
        1 / (1 + exp(-beta (F(y-check) - F(y-hat)))), which fades and never ends.

    Args:
        F_check: free energies of the samples, pushed down.
        F_hat: free energies of the contrastive points, pushed up.
        beta: coldness in (0, inf], in one over the unit of F; inf is the hinge with margin 0.

    Raises:
        ValueError: if beta is not positive, or the shapes differ.

    Source: LeCun et al., A tutorial on energy-based learning, 2006, with beta = 1.

    Derived on: book/ellipse/losses.md
    """
    check_beta(beta, zero=False)
    gap = _gap(F_check, F_hat)
    if math.isinf(beta):
        return gap.clamp(min=0).mean()
    return (torch.nn.functional.softplus(beta * gap) / beta).mean()


def nll_loss(
    F: Float[Tensor, " batch"], F_grid: Float[Tensor, "..."], dy: float, beta: float = 1.0
) -> Float[Tensor, ""]:
    r"""Negative log-likelihood over beta, with a partition function that a grid can hold.

    Formula:
        L = (1/P) sum F(y_i) + (1/beta) log sum_n exp(-beta F(y_n)) dy: down on the samples, and
        up on every point of the grid, by its probability exp(-beta F(y_n)) dy / Z.

    Args:
        F: free energies of the samples.
        F_grid: free energies on an evenly spaced grid of the target's space, of any shape.
        dy: the volume of a cell of that grid.
        beta: coldness in (0, inf), in one over the unit of F.

    Raises:
        ValueError: if dy or beta is not positive and finite, or the grid is empty.

    Derived on: book/ellipse/losses.md
    """
    check_beta(beta, zero=False)
    if not 0 < dy < math.inf or math.isinf(beta):
        raise ValueError(f"dy and beta must be finite and > 0. Got {dy} and {beta}.")
    if F_grid.numel() == 0:
        raise ValueError(f"F_grid must hold at least one energy. Got {tuple(F_grid.shape)}.")
    log_Z = torch.logsumexp(-beta * F_grid.flatten(), 0) + math.log(dy)
    return F.mean() + log_Z / beta
