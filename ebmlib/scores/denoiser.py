r"""A denoiser that learns: one small net for all levels of noise, several seeds side by side."""

from collections.abc import Sequence

import torch
from jaxtyping import Float
from torch import Tensor, nn

from ebmlib.checks import check_positive
from ebmlib.nets.stacked import Stacked


class Denoiser(nn.Module):
    r"""Nets of one shape that answer with the clean y, for any level of noise.

    Formula:
        D(y, sigma) = v / (sigma^2 + v) y + sqrt(v) sigma / sqrt(sigma^2 + v) r(u), where the net r
        reads u = (y / sqrt(sigma^2 + v), sin(log(sigma) / 2), cos(log(sigma) / 2)). Weighted by
        (sigma^2 + v) / (v sigma^2), the squared error is the net's own, of size one at every level.

    Args:
        hidden: sizes of the hidden layers.
        generators: one a net.
        dim: of y.
        v: variance of one entry of the clean y.
        dtype: torch's default if not given.

    Raises:
        ValueError: if v is not positive, a size is < 1 or no generator is given.

    Source: Karras et al., Elucidating the design space of diffusion-based generative models, 2022

    Derived on: book/sampling/diffusion.md
    """

    def __init__(
        self,
        hidden: Sequence[int],
        generators: Sequence[torch.Generator],
        *,
        dim: int = 2,
        v: float = 0.49,
        dtype: torch.dtype | None = None,
    ) -> None:
        super().__init__()
        check_positive("v", v)
        self.v = v
        silu = nn.functional.silu
        self.r = Stacked([dim + 2, *hidden, dim], generators, silu, dtype=dtype)

    def forward(
        self, y: Float[Tensor, "#nets batch dim"], sigma: float | Float[Tensor, "..."]
    ) -> Float[Tensor, "nets batch dim"]:
        """The clean y that each net expects; sigma is a number, or broadcasts to y's (..., 1)."""
        sigma = torch.as_tensor(sigma, dtype=y.dtype, device=y.device).expand(*y.shape[:-1], 1)
        width, t = (sigma.square() + self.v).sqrt(), sigma.log() / 2
        u = torch.cat([y / width, t.sin(), t.cos()], -1)
        answer: Tensor = self.v / width.square() * y + self.v**0.5 * sigma / width * self.r(u)
        return answer

    def loss(
        self,
        y: Float[Tensor, "nets batch dim"],
        sigma: Float[Tensor, "nets batch 1"],
        eps: Float[Tensor, "nets batch dim"],
    ) -> Float[Tensor, " nets"]:
        r"""Weighted squared error of each net, a mean over its batch.

        Formula:
            mean of (sigma^2 + v) / (v sigma^2) |D(y + sigma eps, sigma) - y|^2.
        """
        weight = (sigma.square() + self.v) / (self.v * sigma.square())
        away = self(y + sigma * eps, sigma) - y
        losses: Tensor = (weight * away.square()).sum(-1).mean(-1)
        return losses
