r"""A net whose output is the weights of another."""

import torch
from jaxtyping import Float
from torch import Tensor, nn

from ebmlib.checks import check_count, check_last


class Hypernet(nn.Module):
    r"""A linear map whose weights a net chooses.

    Formula:
        s = W(z) x: the net's output, row by row, is the matrix W(z). So s is linear in x,
        linear in W, and as bent in z as the net makes it.

    Args:
        net: from z (..., control) to out * dim numbers.
        out: entries of s.
        dim: entries of x.

    Raises:
        ValueError: if out or dim is below 1.

    Source: Ha, Dai and Le, HyperNetworks, 2017

    Derived on: book/optimise/reparametrise.md
    """

    def __init__(self, net: nn.Module, out: int, dim: int) -> None:
        super().__init__()
        check_count("out", out)
        check_count("dim", dim)
        self.net, self.out, self.dim = net, out, dim

    def weights(self, z: Float[Tensor, "*batch control"]) -> Float[Tensor, "*batch out dim"]:
        """The matrix W(z).

        Raises:
            ValueError: if the net's output has not out * dim entries.
        """
        w: Tensor = self.net(z)
        size = self.out * self.dim
        check_last("the net's output", w, size, f"(*batch, {size})")
        return w.reshape(*w.shape[:-1], self.out, self.dim)

    def forward(
        self, z: Float[Tensor, "*batch control"], x: Float[Tensor, "*batch dim"]
    ) -> Float[Tensor, "*batch out"]:
        """W(z) x.

        Raises:
            ValueError: if x has not dim entries, or as `weights`.
        """
        check_last("x", x, self.dim, f"(*batch, {self.dim})")
        return torch.einsum("...oi,...i->...o", self.weights(z), x)
