r"""Vector fields over the plane: where they vanish, of which kind, and where their flow ends."""

import math
from collections.abc import Callable
from typing import NamedTuple

import torch
from jaxtyping import Float, Int
from torch import Tensor

from ebmlib.checks import check_count, check_positive

Field = Callable[[Tensor], Tensor]


class Critical(NamedTuple):
    """Where a field vanishes."""

    y: Float[Tensor, "found 2"]
    kinds: list[str]
    """sink, saddle or source, of each."""
    eigenvalues: Float[Tensor, "found 2"]
    """Real parts of the Jacobian's eigenvalues, the smaller first."""

    def of(self, kind: str) -> Float[Tensor, "some 2"]:
        """The points of one kind."""
        mask = [one == kind for one in self.kinds]
        return self.y[torch.tensor(mask, dtype=torch.bool, device=self.y.device)]


def jacobian(v: Field, y: Float[Tensor, "batch 2"]) -> Float[Tensor, "batch 2 2"]:
    """Jacobian of the field at each y, output by input."""
    with torch.enable_grad():
        y = y.detach().requires_grad_()
        out = v(y)
        rows = [torch.autograd.grad(out[:, i].sum(), y, retain_graph=True)[0] for i in (0, 1)]
    return torch.stack(rows, 1)


def lattice(
    low: float, high: float, side: int, *, dtype: torch.dtype | None = None
) -> Float[Tensor, "points 2"]:
    """The nodes (y_1, y_2) of a square grid, y_1 fastest.

    Raises:
        ValueError: if side < 1.
    """
    check_count("side", side)
    line = torch.linspace(low, high, side, dtype=dtype)
    y2, y1 = torch.meshgrid(line, line, indexing="ij")
    return torch.stack([y1, y2], -1).reshape(-1, 2)


def newton(
    v: Field, y: Float[Tensor, "batch 2"], *, steps: int = 40, longest: float = 0.1
) -> Float[Tensor, "batch 2"]:
    r"""Newton's method for v(y) = 0 from every y at once, no step longer than `longest`.

    Formula:
        y <- y - J(y)^-1 v(y).

    Raises:
        ValueError: if steps < 1 or longest is not positive.

    Derived on: book/generative/denoising.md
    """
    check_count("steps", steps)
    check_positive("longest", longest)
    y = y.detach()
    tiny = 1e-12 * torch.eye(2, dtype=y.dtype, device=y.device)
    for _ in range(steps):
        # Least squares with a tiny ridge: a singular Jacobian gives a long step, then cut.
        J, value = jacobian(v, y), v(y).detach().unsqueeze(-1)
        step = torch.linalg.solve(J.mT @ J + tiny, J.mT @ value).squeeze(-1)
        length = step.norm(dim=-1, keepdim=True)
        y = y - step * (longest / length.clamp(min=longest))
    return y


def critical_points(
    v: Field,
    starts: Float[Tensor, "starts 2"],
    *,
    steps: int = 40,
    tolerance: float = 1e-8,
    apart: float = 1e-4,
    radius: float = math.inf,
) -> Critical:
    r"""The zeros of a field that Newton finds from many starts, each once, by kind.

    Formula:
        v(y) = 0; with the eigenvalues of J(y) it is a sink if both real parts are < 0, a source
        if both are > 0, a saddle if one is < 0 and one > 0. On a disc on whose rim v points
        inwards, sinks - saddles + sources = 1 (Poincare and Hopf).

    Args:
        v: the field; give it in float64.
        starts: of Newton's method, such as a `lattice`.
        steps: of Newton's method.
        tolerance: the longest |v| that counts as zero.
        apart: two zeros nearer than this are the same.
        radius: zeros farther from the origin are left out.

    Raises:
        ValueError: as `newton`, or if tolerance or apart is not positive.

    Derived on: book/generative/denoising.md
    """
    check_positive("tolerance", tolerance)
    check_positive("apart", apart)
    y = newton(v, starts, steps=steps)
    good = (v(y).detach().norm(dim=-1) <= tolerance) & (y.norm(dim=-1) <= radius)
    y = _once(y[good], apart)
    eigenvalues = torch.linalg.eigvals(jacobian(v, y)).real.sort(-1).values
    kinds = ["sink" if b < 0 else "source" if a > 0 else "saddle" for a, b in eigenvalues.tolist()]
    return Critical(y, kinds, eigenvalues)


def _once(y: Tensor, apart: float) -> Tensor:
    """One of each group of points that lie closer together than `apart`, in a fixed order."""
    kept: list[Tensor] = []
    for point in y[torch.argsort(y[:, 0], stable=True)]:
        if all(bool((point - other).norm() > apart) for other in kept):
            kept.append(point)
    return torch.stack(kept) if kept else y[:0]


def flow(
    v: Field, y: Float[Tensor, "batch 2"], *, steps: int = 2000, rate: float = 1.0
) -> Float[Tensor, "batch 2"]:
    r"""Follow the field: y <- y + rate v(y), many times.

    Raises:
        ValueError: if steps < 1 or rate is not positive.

    Derived on: book/generative/denoising.md
    """
    check_count("steps", steps)
    check_positive("rate", rate)
    with torch.no_grad():
        for _ in range(steps):
            y = y + rate * v(y)
    return y


def basins(
    ends: Float[Tensor, "batch 2"], sinks: Float[Tensor, "sinks 2"], *, near: float = 0.02
) -> Int[Tensor, " batch"]:
    """Which sink each end of a flow has reached; -1 for none within `near`."""
    if len(sinks) == 0:
        return torch.full((len(ends),), -1, device=ends.device)
    distance, which = torch.cdist(ends, sinks).min(-1)
    return torch.where(distance <= near, which, -1)
