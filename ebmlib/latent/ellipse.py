r"""The unconditional ellipse: a decoder with two radii and its energy."""

import math

import torch
from jaxtyping import Float
from torch import Tensor, nn

from ebmlib.checks import check_count, check_last

UNTRAINED = (1.45, 0.35)
"""The radii from which the book's training starts."""


def latent_grid(n: int = 48, *, dtype: torch.dtype | None = None) -> Float[Tensor, "{n} 1"]:
    r"""Half-open grid of n angles.

    Formula:
        z_n = 2 pi n / N for n = 0 ... N - 1; 2 pi is left out, as it is 0 again.

    Raises:
        ValueError: if n < 1.

    Derived on: book/ellipse/manifold.md
    """
    check_count("n", n)
    return (torch.arange(n, dtype=dtype or torch.get_default_dtype()) * (2 * math.pi / n))[:, None]


class Ellipse(nn.Module):
    r"""Energy of a point and an angle: the squared distance to the decoded point.

    Formula:
        Dec(z) = (w_1 cos z, w_2 sin z), E(y, z) = |y - Dec(z)|^2 (squared, no half).

    Args:
        w: the two radii at the start; parameters, whose signs are free.

    Raises:
        ValueError: if w does not hold two numbers.

    Derived on: book/ellipse/manifold.md
    """

    def __init__(self, w: tuple[float, float] | Float[Tensor, " 2"] = UNTRAINED) -> None:
        super().__init__()
        values = torch.as_tensor(w).detach().clone()
        if values.shape != (2,):
            raise ValueError(f"w must hold 2 radii. Got shape {tuple(values.shape)}.")
        if not values.is_floating_point():
            values = values.to(torch.get_default_dtype())
        self.w = nn.Parameter(values)

    def decode(self, z: Float[Tensor, "*batch 1"]) -> Float[Tensor, "*batch 2"]:
        """Point of the model's manifold at angle z, in radians.

        Raises:
            ValueError: if the last dimension of z is not 1.
        """
        check_last("z", z, 1, "(*batch, 1)")
        return self.w * torch.cat([z.cos(), z.sin()], -1)

    def forward(
        self, y: Float[Tensor, "*#batch 2"], z: Float[Tensor, "*#batch 1"]
    ) -> Float[Tensor, "*#batch"]:
        """Energy of each pair.

        Raises:
            ValueError: if the last dimension of y is not 2, or that of z not 1.
        """
        check_last("y", y, 2, "(*batch, 2)")
        return (y - self.decode(z)).square().sum(-1)
