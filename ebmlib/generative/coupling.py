r"""A flow of affine couplings in the plane: a net that can be run backwards, with its density.

A coupling leaves one number and moves the other by a scale and a shift that are computed from the
first. Its Jacobian is triangular, so that the log determinant is the sum of the log scales.
"""

import math

import torch
from jaxtyping import Float
from torch import Tensor, nn
from torch.nn.functional import silu

from ebmlib.checks import check_count, check_last


class Flow(nn.Module):
    r"""Couplings one after the other, which take turns between the two numbers.

    Formula:
        (a, b) -> (e^{l(a)} b + t(a), a) for each coupling, with l = 2 tanh(.) and t from a net
        1-width-width-2 of SiLU units; F(y) = |z|^2 / 2 + log 2 pi - sum l.
        The last layer of each net begins at zero, so that the flow begins as a map that only swaps.

    Args:
        couplings: how many there are.
        width: hidden units of each of the two layers of a net.
        batch: shape of flows that stand side by side, each with its own weights.
        generator: of the start.

    Raises:
        ValueError: if couplings or width is below 1.

    Source: Dinh, Sohl-Dickstein and Bengio, Density estimation using Real NVP, 2017

    Derived on: book/codes/invertible.md
    """

    def __init__(
        self,
        couplings: int = 4,
        *,
        width: int = 32,
        batch: tuple[int, ...] = (),
        generator: torch.Generator | None = None,
    ) -> None:
        super().__init__()
        check_count("couplings", couplings)
        check_count("width", width)
        shape = (couplings, *batch)
        into = torch.randn(*shape, 1, width, generator=generator)
        across = torch.randn(*shape, width, width, generator=generator) / math.sqrt(width)
        bias = torch.randn(*shape, 1, width, generator=generator) / 2
        self.into, self.bias = nn.Parameter(into), nn.Parameter(bias)
        self.across = nn.Parameter(across)
        self.mid = nn.Parameter(torch.zeros(*shape, 1, width))
        self.out = nn.Parameter(torch.zeros(*shape, width, 2))
        self.last = nn.Parameter(torch.zeros(*shape, 1, 2))

    def scale_and_shift(
        self, k: int, a: Float[Tensor, "*batch n 1"]
    ) -> tuple[Float[Tensor, "*batch n 1"], Float[Tensor, "*batch n 1"]]:
        """The log of the scale and the shift of coupling k, from the number that it leaves."""
        h = silu(a @ self.into[k] + self.bias[k])
        h = silu(h @ self.across[k] + self.mid[k])
        both = h @ self.out[k] + self.last[k]
        return 2 * both[..., :1].tanh(), both[..., 1:]

    def forward(
        self, y: Float[Tensor, "*batch n 2"]
    ) -> tuple[Float[Tensor, "*batch n 2"], Float[Tensor, "*batch n"]]:
        """The code z of samples, and the log determinant of the Jacobian there.

        Raises:
            ValueError: if y does not end in 2.
        """
        check_last("y", y, 2, "(*batch, n, 2)")
        a, b = y[..., :1], y[..., 1:]
        log_det = torch.zeros_like(y[..., 0])
        for k in range(len(self.into)):
            scale, shift = self.scale_and_shift(k, a)
            a, b = scale.exp() * b + shift, a
            log_det = log_det + scale[..., 0]
        return torch.cat((a, b), -1), log_det

    def inverse(self, z: Float[Tensor, "*batch n 2"]) -> Float[Tensor, "*batch n 2"]:
        """The samples that have the codes z.

        Raises:
            ValueError: if z does not end in 2.
        """
        check_last("z", z, 2, "(*batch, n, 2)")
        a, b = z[..., :1], z[..., 1:]
        for k in reversed(range(len(self.into))):
            scale, shift = self.scale_and_shift(k, b)
            a, b = b, (a - shift) * (-scale).exp()
        return torch.cat((a, b), -1)

    def free_energy(self, y: Float[Tensor, "*batch n 2"]) -> Float[Tensor, "*batch n"]:
        """Minus the log density of samples, in nats.

        Raises:
            ValueError: if y does not end in 2.
        """
        z, log_det = self(y)
        energy: Tensor = z.square().sum(-1) / 2 + math.log(2 * math.pi) - log_det
        return energy
