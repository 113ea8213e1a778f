r"""Norms inside a net: one formula over different axes, and what it does to a gradient."""

from collections.abc import Sequence
from typing import NamedTuple

import torch
from jaxtyping import Float
from torch import Tensor

from ebmlib.checks import check_positive

AXES = {"batch": (0, 2), "layer": (1, 2), "instance": (2,), "group": (2, 3)}
"""Which axes of (samples, channels, places) share a mean and a spread.

The group's are those of (samples, groups, channels of a group, places).
"""


class Normalised(NamedTuple):
    """What came out of a norm, and what it was divided by."""

    h: Float[Tensor, "*shape"]
    """Of mean zero and mean square one over the axes of the norm."""
    sigma: Float[Tensor, "*kept"]
    """The spread, with the axes of the norm kept as ones."""


def normalise(s: Float[Tensor, "*shape"], dims: Sequence[int], eps: float = 1e-5) -> Normalised:
    r"""Subtract the mean over some axes, and divide by the spread.

    Formula:
        h = (s - mean(s)) / sigma, sigma^2 = mean((s - mean(s))^2) + eps, means over dims.

    Args:
        s: numbers of any shape.
        dims: the axes that share a mean and a spread, as in `AXES`.
        eps: what keeps 0 / 0 away.

    Raises:
        ValueError: if dims is empty or names an axis that s lacks, or if eps is negative.

    Source: Ioffe and Szegedy, Batch normalization, 2015; Ba, Kiros and Hinton, Layer
        normalization, 2016; Wu and He, Group normalization, 2018

    Derived on: book/optimise/normalise.md
    """
    _check(s, dims)
    if not eps >= 0:
        raise ValueError(f"eps must be >= 0. Got {eps}.")
    away = s - s.mean(tuple(dims), keepdim=True)
    sigma = (away.square().mean(tuple(dims), keepdim=True) + eps).sqrt()
    return Normalised(away / sigma, sigma)


def norm_backward(
    g: Float[Tensor, "*shape"],
    h: Float[Tensor, "*shape"],
    sigma: Float[Tensor, "*kept"],
    dims: Sequence[int],
) -> Float[Tensor, "*shape"]:
    r"""The gradient in front of a norm, from the one behind it.

    Formula:
        (g - mean(g) - h mean(g h)) / sigma, means over dims: a projection, divided by sigma.

    Args:
        g: gradient of the loss for h.
        h: what `normalise` returned.
        sigma: what it divided by.
        dims: its axes.

    Raises:
        ValueError: if g and h differ in shape, or if dims is empty or names an axis that h lacks.

    Source: Ioffe and Szegedy, Batch normalization, 2015

    Derived on: book/optimise/normalise.md
    """
    if g.shape != h.shape:
        raise ValueError(f"g must have shape {tuple(h.shape)}. Got {tuple(g.shape)}.")
    _check(h, dims)
    along = (g * h).mean(tuple(dims), keepdim=True)
    back: Tensor = (g - g.mean(tuple(dims), keepdim=True) - h * along) / sigma
    return back


def clip_by_norm(gradients: Sequence[Tensor], most: float) -> list[Tensor]:
    r"""Shorten gradients that are together longer than allowed; their direction stays.

    Formula:
        g min(1, most / norm), with the norm of all gradients taken as one vector.

    Args:
        gradients: one tensor a parameter, of any shapes.
        most: the greatest length that is let through.

    Raises:
        ValueError: if most is not positive or there is no gradient.

    Source: Pascanu, Mikolov and Bengio, On the difficulty of training recurrent neural networks,
        2013

    Derived on: book/optimise/normalise.md
    """
    check_positive("most", most)
    if not gradients:
        raise ValueError("gradients must hold a tensor. Got none.")
    length = torch.stack([g.norm() for g in gradients]).norm()
    factor = (most / length).clamp(max=1.0)
    return [g * factor for g in gradients]


def _check(s: Tensor, dims: Sequence[int]) -> None:
    if not dims or any(not -s.ndim <= d < s.ndim for d in dims):
        raise ValueError(f"dims must name axes of a tensor of {s.ndim}. Got {tuple(dims)}.")
