"""The loop that every descent shares: a rule gives directions, a search gives steps."""

from dataclasses import dataclass
from typing import NamedTuple, Protocol

import torch
from jaxtyping import Bool, Float, Int
from torch import Tensor

from ebmlib.checks import check_count
from ebmlib.energy import Energy
from ebmlib.infer.minimum import Minimum, starting_point, value_and_gradient


class Point(NamedTuple):
    """A batch of latents, their energies and gradients."""

    z: Float[Tensor, "*batch latent"]
    e: Float[Tensor, "*batch"]
    g: Float[Tensor, "*batch latent"]


class Found(NamedTuple):
    """Where a search along a direction ended."""

    point: Point
    """Valid where `ok`; where not, nothing acceptable was found."""
    ok: Bool[Tensor, "*batch"]
    evaluations: Int[Tensor, "*batch"]


class Direction(Protocol):
    """A rule: the direction from a point, given what the rule remembers of those before."""

    def __call__(self, at: Point, /) -> Float[Tensor, "*batch latent"]:
        """Return a direction of descent for each sample."""
        ...


class Search(Protocol):
    """A rule for the length of the step along a direction."""

    def __call__(
        self,
        E: Energy,
        y: Float[Tensor, "*#batch dim"],
        at: Point,
        d: Float[Tensor, "*batch latent"],
        active: Bool[Tensor, "*batch"],
        /,
    ) -> Found:
        """Return the point reached; samples that are not active are of no interest."""
        ...


@dataclass
class Counts:
    """What each sample has used so far."""

    iterations: Int[Tensor, "*batch"]
    evaluations: Int[Tensor, "*batch"]


def pick(mask: Bool[Tensor, "*batch"], new: Point, old: Point) -> Point:
    """The new point where the mask holds, the old one elsewhere."""
    column = mask.unsqueeze(-1)
    return Point(
        torch.where(column, new.z, old.z),
        torch.where(mask, new.e, old.e),
        torch.where(column, new.g, old.g),
    )


def steepest(at: Point) -> Float[Tensor, "*batch latent"]:
    """Minus the gradient."""
    return -at.g


def descend(
    E: Energy,
    y: Float[Tensor, "*#batch dim"],
    z: Float[Tensor, "*#batch latent"],
    direction: Direction,
    search: Search,
    *,
    steps: int,
    tolerance: float,
    path: bool,
) -> Minimum:
    """Step until every sample has converged, is stuck, or has used its steps.

    Args:
        E: the energy.
        y: targets.
        z: starts.
        direction: gives directions.
        search: gives the points reached along them.
        steps: the most steps a sample may take.
        tolerance: a sample has converged when no component of its gradient is larger.
        path: whether to keep every latent on the way.

    Raises:
        ValueError: as `starting_point`, if steps < 1 or tolerance < 0.
    """
    check_count("steps", steps)
    if not tolerance >= 0:
        raise ValueError(f"tolerance must be >= 0. Got {tolerance}.")
    z = starting_point(E, y, z)
    at = Point(z, *value_and_gradient(E, y, z))
    zeros = torch.zeros_like(at.e, dtype=torch.long)
    used = Counts(zeros, zeros + 1)
    visited = [at.z]
    active = at.g.abs().amax(-1) > tolerance
    for _ in range(steps):
        if not bool(active.any()):
            break
        found = search(E, y, at, direction(at), active)
        moved = active & found.ok
        used.iterations = used.iterations + moved
        used.evaluations = used.evaluations + torch.where(active, found.evaluations, 0)
        at = pick(moved, found.point, at)
        active = moved & (at.g.abs().amax(-1) > tolerance)
        if path:
            visited.append(at.z)
    converged = at.g.abs().amax(-1) <= tolerance
    return Minimum(
        at.z,
        at.e,
        used.iterations,
        used.evaluations,
        converged,
        torch.stack(visited) if path else None,
    )
