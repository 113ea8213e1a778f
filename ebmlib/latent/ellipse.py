r"""The unconditional ellipse: a decoder with two radii and its energy."""

import torch
from jaxtyping import Float
from torch import Tensor, nn

from ebmlib.checks import check_last
from ebmlib.grids import circle

UNTRAINED = (1.45, 0.35)
"""The radii from which the book's training starts."""


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
        return self.w * circle(z)

    def forward(
        self, y: Float[Tensor, "*#batch 2"], z: Float[Tensor, "*#batch 1"]
    ) -> Float[Tensor, "*#batch"]:
        """Energy of each pair.

        Raises:
            ValueError: if the last dimension of y is not 2, or that of z not 1.
        """
        check_last("y", y, 2, "(*batch, 2)")
        return (y - self.decode(z)).square().sum(-1)
