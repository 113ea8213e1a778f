r"""Several small nets of one shape side by side: a net a seed, trained all at once.

A batched product costs little more than one of its factors when the nets are small, so that
a claim over eight seeds takes hardly longer than over one. The nets do not mix: the loss is a
SUM of each net's own loss, and an optimiser that works entry by entry, as Adam does, moves
each net as if it were alone.
"""

import copy
import itertools
import math
from collections.abc import Callable, Sequence

import torch
from jaxtyping import Float
from torch import Tensor, nn

from ebmlib.checks import check_count


class Stacked(nn.Module):
    r"""A stack of fully connected nets.

    Formula:
        net i: h_0 = x_i, s_l = W_il h_{l-1} + b_il, h_l = activation(s_l), none after the last.
        Weights and biases start uniform in (-a, a), a = 1/sqrt(fan in), as in
        `ebmlib.nets.mlp.mlp`.

    Args:
        sizes: of the input, the hidden layers and the output: [2, 100, 1].
        generators: one for each net, so that net i does not depend on how many others there are.
        activation: applied between two layers.
        dtype: torch's default if not given.

    Raises:
        ValueError: if fewer than two sizes or no generator are given, or a size is < 1.

    Derived on: book/generative/autoencoder.md
    """

    def __init__(
        self,
        sizes: Sequence[int],
        generators: Sequence[torch.Generator],
        activation: Callable[[Tensor], Tensor] = torch.tanh,
        *,
        dtype: torch.dtype | None = None,
    ) -> None:
        super().__init__()
        if len(sizes) < 2:
            raise ValueError(f"sizes must name an input and an output. Got {list(sizes)}.")
        if not generators:
            raise ValueError("generators must hold one a net. Got none.")
        for size in sizes:
            check_count("each size", size)
        self.activation = activation
        self.W, self.b = nn.ParameterList(), nn.ParameterList()
        for fan_in, fan_out in itertools.pairwise(sizes):
            a = 1 / math.sqrt(fan_in)
            W = torch.stack([_uniform((fan_in, fan_out), a, g, dtype) for g in generators])
            b = torch.stack([_uniform((1, fan_out), a, g, dtype) for g in generators])
            self.W.append(nn.Parameter(W))
            self.b.append(nn.Parameter(b))

    def forward(self, x: Float[Tensor, "#nets batch dim"]) -> Float[Tensor, "nets batch out"]:
        """Output of each net for its own batch, or for one batch that all share."""
        nets = self.W[0].shape[0]
        h = x.expand(nets, -1, -1)
        for layer, (W, b) in enumerate(zip(self.W, self.b, strict=True)):
            h = torch.baddbmm(b, h if layer == 0 else self.activation(h), W)
        return h

    def net(self, i: int) -> "Stacked":
        """Net i alone: a stack of one that shares nothing with this one.

        Raises:
            ValueError: if there is no net i.
        """
        nets = self.W[0].shape[0]
        if not 0 <= i < nets:
            raise ValueError(f"i must lie in 0..{nets - 1}. Got {i}.")
        one = copy.deepcopy(self)
        for parameters in (one.W, one.b):
            for p in parameters:
                p.data = p.data[i : i + 1].clone()
                p.grad = None
        return one


def _uniform(
    shape: tuple[int, int], a: float, generator: torch.Generator, dtype: torch.dtype | None
) -> Tensor:
    uniform = torch.rand(*shape, generator=generator, dtype=dtype, device=generator.device)
    return a * (2 * uniform - 1)
