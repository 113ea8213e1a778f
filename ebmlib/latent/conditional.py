r"""The conditional ellipse: a predictor sees x and says how large the ellipse of y is.

Several nets train side by side (`ebmlib.nets.stacked`), so that starts and seeds can be compared.
"""

import math
from collections.abc import Sequence

import torch
from jaxtyping import Float
from torch import Tensor, nn

from ebmlib.checks import check_count, check_last
from ebmlib.grids import angles, circle
from ebmlib.nets.stacked import Stacked


class ConditionalEllipse(nn.Module):
    r"""Energy of an observed x, a target y and an angle z, for each net of a stack.

    Formula:
        E(x, y, z) = sum_i (y_i - f_i(x) g_i(z))^2 with g(z) = (cos z, sin z) and f a net with
        layers 1 - hidden - hidden - 2 and ReLU between them.

    Args:
        generators: one for each net: where its weights start.
        hidden: units in each of the two hidden layers.
        dtype: torch's default if not given.

    Raises:
        ValueError: if hidden < 1 or no generator is given.

    Derived on: book/ellipse/conditional.md
    """

    def __init__(
        self,
        generators: Sequence[torch.Generator],
        hidden: int = 8,
        *,
        dtype: torch.dtype | None = None,
    ) -> None:
        super().__init__()
        check_count("hidden", hidden)
        self.f = Stacked([1, hidden, hidden, 2], generators, torch.relu, dtype=dtype)

    def decode(
        self, x: Float[Tensor, "#nets batch 1"], z: Float[Tensor, "*#nets_batch 1"]
    ) -> Float[Tensor, "*nets_batch 2"]:
        """Point of each net's manifold at x and angle z, in radians.

        Raises:
            ValueError: if the last dimension of x or z is not 1.
        """
        check_last("x", x, 1, "(nets, batch, 1)")
        check_last("z", z, 1, "(nets, batch, 1)")
        out: Tensor = self.f(x) * circle(z)
        return out

    def forward(
        self,
        x: Float[Tensor, "#nets batch 1"],
        y: Float[Tensor, "#nets batch 2"],
        z: Float[Tensor, "#nets batch 1"],
    ) -> Float[Tensor, "nets batch"]:
        """Energy of each triple.

        Raises:
            ValueError: if the last dimension of x or z is not 1, or that of y not 2.
        """
        check_last("y", y, 2, "(nets, batch, 2)")
        return (y - self.decode(x, z)).square().sum(-1)

    def free_energy(
        self, x: Float[Tensor, "#nets batch 1"], y: Float[Tensor, "#nets batch 2"], steps: int = 3
    ) -> Float[Tensor, "nets batch"]:
        """Zero-temperature free energy: the energy at the best angle.

        The gradient with respect to the parameters is that at a fixed z-check, since the energy
        does not change to first order when its minimiser moves.

        Raises:
            ValueError: if the last dimension of x is not 1 or that of y not 2, or if steps < 0.
        """
        check_last("x", x, 1, "(nets, batch, 1)")
        check_last("y", y, 2, "(nets, batch, 2)")
        w = self.f(x)
        z = best_angle(w.detach(), y, steps=steps)
        F: Tensor = (y - w * circle(z)).square().sum(-1)
        return F


@torch.no_grad()
def best_angle(
    w: Float[Tensor, "*#batch 2"], y: Float[Tensor, "*#batch 2"], *, n: int = 48, steps: int = 3
) -> Float[Tensor, "*batch 1"]:
    r"""The angle z-check at which an ellipse of radii w comes closest to y.

    Formula:
        z = argmin over a grid of n angles, then `steps` of Newton's,
        z <- z - E'(z) / |E''(z)|, none longer than half the grid's spacing.

    Raises:
        ValueError: if the last dimension of w or y is not 2, if n < 1 or steps < 0.

    Derived on: book/ellipse/conditional.md
    """
    check_last("w", w, 2, "(*batch, 2)")
    check_last("y", y, 2, "(*batch, 2)")
    check_count("steps", steps, least=0)
    grid = angles(n, dtype=y.dtype).to(y.device)
    # |y - w * g|^2 less |y|^2 is linear in y * w and w * w: one product with all of the grid.
    g = circle(grid)
    energies = torch.cat((y * w, (w * w).expand_as(y * w)), -1) @ torch.cat((-2 * g, g * g), -1).mT
    z = grid[energies.argmin(-1)]
    half = math.pi / n
    for _ in range(steps):
        slope, bend = derivatives(w, y, z)
        z = z - (slope / bend.abs().clamp(min=torch.finfo(z.dtype).eps)).clamp(-half, half)
    return z


def derivatives(
    w: Float[Tensor, "*#batch 2"], y: Float[Tensor, "*#batch 2"], z: Float[Tensor, "*#batch 1"]
) -> tuple[Float[Tensor, "*batch 1"], Float[Tensor, "*batch 1"]]:
    r"""First and second derivative of E(z) = |y - w * g(z)|^2 with respect to the angle.

    Formula:
        With q = y - w * g and t = w * g', where g' = (-sin z, cos z) and g'' = -g:
        E' = -2 q . t, E'' = 2 t . t + 2 q . (w * g).

    Derived on: book/ellipse/conditional.md
    """
    g = circle(z)
    t = w * torch.stack([-g[..., 1], g[..., 0]], -1)
    q = y - w * g
    return -2 * _total(q * t), 2 * _total(t.square() + q * w * g)


def _total(pairs: Float[Tensor, "*batch 2"]) -> Float[Tensor, "*batch 1"]:
    """Their sum: torch's own over a dimension of two takes five times as long."""
    return pairs[..., :1] + pairs[..., 1:]
