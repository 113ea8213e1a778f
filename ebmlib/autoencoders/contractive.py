r"""Contractive autoencoders: a map that hardly moves when the target moves."""

from typing import NamedTuple

import torch
from jaxtyping import Float
from torch import Tensor

from ebmlib.field import Map, jacobian


def penalty(r: Map, y: Float[Tensor, "nets batch dim"]) -> Float[Tensor, " nets"]:
    r"""Mean squared Frobenius norm of the Jacobian of a map, itself differentiable.

    Formula:
        mean of |J(y)|_F^2 = mean of sum_ij (d r_i / d y_j)^2.

    Source: Rifai et al., Contractive auto-encoders: explicit invariance during feature
        extraction, 2011 (there r is the encoder).

    Derived on: book/generative/contractive.md
    """
    return jacobian(r, y, create_graph=True).square().sum((-2, -1)).mean(-1)


class Gains(NamedTuple):
    """By how much a map stretches a small step, for each y."""

    tangent: Float[Tensor, "nets batch"]
    normal: Float[Tensor, "nets batch"]


def gains(
    r: Map, y: Float[Tensor, "nets batch 2"], tangent: Float[Tensor, "nets batch 2"]
) -> Gains:
    r"""Gain of a map along a curve in the plane and across it.

    Formula:
        |J t| and |J n|, with the unit tangent t = (t_1, t_2) and the normal n = (-t_2, t_1).

    Derived on: book/generative/contractive.md
    """
    J = jacobian(r, y)
    normal = torch.stack([-tangent[..., 1], tangent[..., 0]], -1)
    along, across = ((J @ u.unsqueeze(-1)).squeeze(-1).norm(dim=-1) for u in (tangent, normal))
    return Gains(along, across)
