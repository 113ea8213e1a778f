r"""Vector fields over the plane: where they vanish, of which kind, and where their flow ends."""

import math
from collections.abc import Callable
from typing import NamedTuple

import torch
from jaxtyping import Bool, Float, Int
from torch import Tensor

from ebmlib.checks import check_count, check_positive

Map = Callable[[Tensor], Tensor]
Field = Map


class Critical(NamedTuple):
    """Where a field vanishes."""

    y: Float[Tensor, "found 2"]
    kinds: list[str]
    """sink, saddle, source or degenerate, of each."""
    eigenvalues: Float[Tensor, "found 2"]
    """Real parts of the Jacobian's eigenvalues, the smaller first."""

    def of(self, kind: str) -> Float[Tensor, "some 2"]:
        """The points of one kind."""
        mask = [one == kind for one in self.kinds]
        return self.y[torch.tensor(mask, dtype=torch.bool, device=self.y.device)]


def jacobian(
    v: Map, y: Float[Tensor, "*batch dim"], *, create_graph: bool = False
) -> Float[Tensor, "*batch out dim"]:
    r"""Jacobian of a map at each y, output by input.

    Formula:
        J_ij = d v_i / d y_j. Each output depends on its own y alone, so that one backward pass
        for the SUM of output i over the batch gives row i of every Jacobian.

    Args:
        v: the map; a field if it has as many outputs as inputs.
        y: where.
        create_graph: whether the Jacobian itself is to be differentiated.

    Derived on: book/generative/contractive.md
    """
    with torch.enable_grad():
        y = y if y.requires_grad else y.detach().requires_grad_()
        out = v(y)
        rows = [
            torch.autograd.grad(out[..., i].sum(), y, create_graph=create_graph, retain_graph=True)
            for i in range(out.shape[-1])
        ]
    return torch.stack([row[0] for row in rows], -2)


def find_zeros(
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
        if both are > 0, a saddle if one is < 0 and one > 0 (det J < 0). Where a real part is 0
        the Jacobian does not tell, and the kind is 'degenerate': a centre, a zero of higher
        order, or one that is not alone, as on a line of zeros. On a disc on whose rim v points
        inwards, with no degenerate zero, sinks - saddles + sources = 1 (Poincare and Hopf).

    Args:
        v: the field; give it in float64.
        starts: of Newton's method, such as the `nodes` of a square.
        steps: of Newton's method.
        tolerance: the longest |v| that counts as zero. A real part counts as zero below
            sqrt(tolerance) times the Jacobian's largest entry: a double zero is not told from
            two single ones by less.
        apart: two zeros nearer than this are the same; 100 times as far for degenerate ones,
            round which |v| stays below the tolerance for longer.
        radius: zeros farther from the origin are left out.

    Raises:
        ValueError: as `find_zeros`, or if tolerance or apart is not positive.

    Derived on: book/generative/denoising.md
    """
    check_positive("tolerance", tolerance)
    check_positive("apart", apart)
    y = find_zeros(v, starts, steps=steps)
    good = (v(y).detach().norm(dim=-1) <= tolerance) & (y.norm(dim=-1) <= radius)
    y = y[good][torch.argsort(y[good][:, 0], stable=True)]
    flat = _flat(jacobian(v, y), tolerance)
    best = y[flat][torch.argsort(v(y[flat]).detach().norm(dim=-1), stable=True)]
    y = torch.cat([_once(y[~flat], apart), _once(best, 100 * apart)])
    y = y[torch.argsort(y[:, 0], stable=True)]
    J = jacobian(v, y)
    eigenvalues = torch.linalg.eigvals(J).real.sort(-1).values
    kinds = ["sink" if b < 0 else "source" if a > 0 else "saddle" for a, b in eigenvalues.tolist()]
    degenerate = _flat(J, tolerance).tolist()
    kinds = ["degenerate" if f else kind for f, kind in zip(degenerate, kinds, strict=True)]
    return Critical(y, kinds, eigenvalues)


def _flat(J: Float[Tensor, "batch 2 2"], tolerance: float) -> Bool[Tensor, " batch"]:
    """Where an eigenvalue's real part is zero, as far as a zero of v is known."""
    least: Tensor = torch.linalg.eigvals(J).real.abs().amin(-1)
    return least <= math.sqrt(tolerance) * J.abs().amax((-2, -1))


def _once(y: Tensor, apart: float) -> Tensor:
    """One of each group of points that lie closer together than `apart`: the first."""
    kept: list[Tensor] = []
    for point in y:
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
