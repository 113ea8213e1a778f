r"""Forward-forward: a stack of layers, each of which has an energy of its own."""

import itertools
import math
from collections.abc import Iterator, Sequence

import torch
from jaxtyping import Float, Int
from torch import Tensor, nn
from torch.nn.functional import one_hot, softplus

from ebmlib.checks import check_count, check_last


class ForwardForward(nn.Module):
    r"""Layers that learn to tell a right label from a wrong one, without a backward pass.

    Formula:
        The first input is x beside `loud` times the one-hot label. Each layer scales its input
        to a mean square of 1, h_l = relu(W_l h_{l-1} + b_l), and has the energy
        e_l = -mean(h_l^2). Its loss is softplus(t + e_l) with the right label plus
        softplus(-t - e_l) with a wrong one; no gradient leaves a layer.
        The answer is the label of least summed energy.

    Args:
        sizes: of x and of the layers: [64, 200, 200].
        classes: how many labels there are.
        generators: one for each net of the stack.
        threshold: t.
        loud: how large the label's entry is.

    Raises:
        ValueError: if fewer than two sizes or no generator are given, or a count is below 1.

    Source: Hinton, The forward-forward algorithm: some preliminary investigations, 2022

    Derived on: book/optimise/blind.md
    """

    def __init__(
        self,
        sizes: Sequence[int],
        classes: int,
        generators: Sequence[torch.Generator],
        *,
        threshold: float = 1.0,
        loud: float = 2.0,
    ) -> None:
        super().__init__()
        if len(sizes) < 2 or not generators:
            raise ValueError(
                f"sizes must name an input and a layer, generators a net. Got {list(sizes)} "
                f"and {len(generators)}."
            )
        for size in (*sizes, classes):
            check_count("each size", size)
        self.classes, self.threshold, self.loud, self.dim = classes, threshold, loud, sizes[0]
        fan = [sizes[0] + classes, *sizes[1:]]
        self.W = nn.ParameterList()
        for a, b in itertools.pairwise(fan):
            drawn = [2 * torch.rand(a + 1, b, generator=g) - 1 for g in generators]
            self.W.append(nn.Parameter(torch.stack(drawn) / math.sqrt(a)))

    def layers(
        self, x: Float[Tensor, "nets batch dim"], label: Int[Tensor, "nets batch"]
    ) -> Iterator[Float[Tensor, "nets batch"]]:
        """The energy of each layer, with the label beside x.

        Raises:
            ValueError: if x has not as many entries as the first of the sizes.
        """
        check_last("x", x, self.dim, f"(nets, batch, {self.dim})")
        h = torch.cat((x, self.loud * one_hot(label, self.classes).to(x.dtype)), -1)
        for W in self.W:
            h = h.detach() / (h.detach().square().mean(-1, keepdim=True).sqrt() + 1e-6)
            h = torch.baddbmm(W[:, -1:], h, W[:, :-1]).relu()
            yield -h.square().mean(-1)

    def loss(
        self,
        x: Float[Tensor, "nets batch dim"],
        right: Int[Tensor, "nets batch"],
        wrong: Int[Tensor, "nets batch"],
    ) -> Tensor:
        """Sum over nets and layers of the mean over samples: each layer sees its own part alone.

        Raises:
            ValueError: as `layers`.
        """
        total = x.new_zeros(())
        for low, high in zip(self.layers(x, right), self.layers(x, wrong), strict=True):
            down, up = softplus(self.threshold + low), softplus(-self.threshold - high)
            total = total + (down + up).mean(1).sum()
        return total

    def energies(self, x: Float[Tensor, "nets batch dim"]) -> Float[Tensor, "nets batch classes"]:
        """Summed energy of every label.

        Raises:
            ValueError: as `layers`.
        """
        found = []
        for c in range(self.classes):
            label = torch.full(x.shape[:2], c, device=x.device)
            found.append(torch.stack(list(self.layers(x, label))).sum(0))
        return torch.stack(found, -1)
