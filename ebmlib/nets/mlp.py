"""Fully connected nets whose starting weights come from an explicit generator."""

import itertools
import math
from collections.abc import Callable, Sequence

import torch
from torch import nn

from ebmlib.checks import check_count


def mlp(
    sizes: Sequence[int],
    activation: Callable[[], nn.Module] | None = nn.ReLU,
    *,
    generator: torch.Generator | None = None,
    dtype: torch.dtype | None = None,
) -> nn.Sequential:
    r"""Sandwich of linear layers with an activation between them, none after the last.

    Formula:
        h_0 = x, s_l = W_l h_{l-1} + b_l, h_l = activation(s_l); the last s_l is the output.
        Weights and biases start uniform in (-a, a) with a = 1 / sqrt(fan in), which is torch's
        own start; their standard deviation is 1 / sqrt(3 fan in).

    Args:
        sizes: of the input, the hidden layers and the output: [2, 100, 3].
        activation: makes the module between two linear layers; None leaves it out, and the
            whole net is then one affine map.
        generator: the source of randomness; the net lives on its device.
        dtype: torch's default if not given.

    Raises:
        ValueError: if fewer than two sizes are given, or one is < 1.

    Derived on: book/intro/nets.md
    """
    if len(sizes) < 2:
        raise ValueError(f"sizes must name an input and an output. Got {list(sizes)}.")
    for size in sizes:
        check_count("each size", size)
    device = generator.device if generator is not None else None
    layers: list[nn.Module] = []
    for fan_in, fan_out in itertools.pairwise(sizes):
        if layers and activation is not None:
            layers.append(activation())
        layer = nn.Linear(fan_in, fan_out, device="meta", dtype=dtype)
        layer = layer.to_empty(device=device or "cpu")
        a = 1 / math.sqrt(fan_in)
        for parameter in layer.parameters():
            nn.init.uniform_(parameter, -a, a, generator=generator)
        layers.append(layer)
    return nn.Sequential(*layers)
