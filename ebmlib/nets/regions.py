"""What a ReLU net cuts its input space into: activation patterns, and how many there are."""

import math

import torch
from jaxtyping import Bool, Float
from torch import Tensor, nn

from ebmlib.checks import check_count


def patterns(net: nn.Sequential, x: Float[Tensor, "batch dim"]) -> Bool[Tensor, "batch units"]:
    """Say which ReLU units are on for each input.

    Formula:
        1[s > 0] for every unit of every hidden layer, in order. Two inputs with the same
        pattern lie in one convex region, on which the net is one affine map.

    Raises:
        ValueError: if the net holds no ReLU.

    Derived on: book/intro/nets.md
    """
    on = []
    with torch.no_grad():
        for layer in net:
            if isinstance(layer, nn.ReLU):
                on.append(x > 0)
            x = layer(x)
    if not on:
        raise ValueError("net must hold a ReLU. Got none.")
    return torch.cat(on, -1)


def count_regions(net: nn.Sequential, x: Float[Tensor, "batch dim"]) -> int:
    """Count the different patterns among inputs: the regions that a grid hits.

    A grid misses regions smaller than its cells: the count is a lower bound.
    `ebmlib.nets.pieces.pieces` counts them all, in the plane.

    Raises:
        ValueError: as `patterns`.

    Derived on: book/intro/nets.md
    """
    bits = patterns(net, x)
    key = torch.zeros(len(bits), dtype=torch.long, device=bits.device)
    for part in torch.split(bits, 30, -1):
        powers = 2 ** torch.arange(part.shape[-1], device=bits.device)
        # The keys so far are renamed 0, 1, 2 ..., so that 30 more bits fit beside them.
        key = torch.unique(key, return_inverse=True)[1] * 2**30 + (part * powers).sum(-1)
    return len(torch.unique(key))


def most_regions(units: int, dim: int = 2) -> int:
    """Count the regions that one layer of units can at most cut a space into.

    Formula:
        sum_{j=0}^{dim} C(units, j), reached by hyperplanes in general position.

    Raises:
        ValueError: if units < 0 or dim < 1.

    Source: Zaslavsky, Facing up to arrangements, 1975.

    Derived on: book/intro/nets.md
    """
    check_count("units", units, 0)
    check_count("dim", dim)
    return sum(math.comb(units, j) for j in range(dim + 1))
