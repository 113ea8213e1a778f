"""The loop that every descent shares: a rule gives directions, a search gives steps."""

from dataclasses import dataclass
from typing import NamedTuple, Protocol

import torch
from jaxtyping import Bool, Float, Int, Num
from torch import Tensor

from ebmlib.checks import check_count
from ebmlib.energy import Energy
from ebmlib.infer.batch import Rows, columns, dot, flatten, put, take, where
from ebmlib.infer.minimum import Minimum, starting_point, value_and_gradient

FEW = 0.75
"""Of a batch of which no more are under way, the others are dropped: what a rule remembers of
each sample is costly to copy, so that it is not done for every one that arrives."""


class Point(NamedTuple):
    """A batch of latents, their energies and gradients."""

    z: Float[Tensor, "*batch latent"]
    e: Float[Tensor, "*batch"]
    g: Float[Tensor, "*batch latent"]


@dataclass(frozen=True)
class Line:
    """Where the next step of each sample may lead: from a point along its direction."""

    E: Energy
    y: Num[Tensor, "*#batch dim"]
    at: Point
    d: Float[Tensor, "*batch latent"]

    def point(self, t: Float[Tensor, "*batch"]) -> Point:
        """The points at distance t along the directions."""
        z = self.at.z + t.unsqueeze(-1) * self.d
        e, g = value_and_gradient(self.E, self.y, z.contiguous())
        return Point(z, e, columns(g))

    def slope(self, at: Point) -> Float[Tensor, "*batch"]:
        """How fast the energy grows along the directions at a point."""
        return dot(at.g, self.d)

    def take(self, rows: Rows) -> "Line":
        """The lines of some samples alone."""
        y = self.y.index_select(0, rows)
        return Line(self.E, y, take(self.at, rows), take(self.d, rows))


class Found(NamedTuple):
    """Where a search along a direction ended."""

    point: Point
    """Where nothing acceptable was found, the point that the search began from."""
    ok: Bool[Tensor, "*batch"]
    evaluations: Int[Tensor, "*batch"]
    t: Float[Tensor, "*batch"]
    """The step that led there, or the one that would have been tried next."""


class Direction(Protocol):
    """A rule: the direction from a point, given what the rule remembers of those before."""

    def __call__(self, at: Point, /) -> Float[Tensor, "*batch latent"]:
        """Return a direction of descent for each sample."""
        ...

    def keep(self, rows: Rows, /) -> None:
        """Forget all but these samples: from now on they are the batch."""
        ...


class Search(Protocol):
    """A rule for the length of the step along a direction."""

    def __call__(self, line: Line, active: Bool[Tensor, "*batch"], /) -> Found:
        """Return the point reached; a sample that is not active stays and costs nothing."""
        ...

    def keep(self, rows: Rows, /) -> None:
        """Forget all but these samples: from now on they are the batch."""
        ...


class Steepest:
    """Minus the gradient."""

    def __call__(self, at: Point, /) -> Float[Tensor, "*batch latent"]:
        """d = -g."""
        return -at.g

    def keep(self, rows: Rows, /) -> None:
        """There is nothing to forget."""


def pick(mask: Bool[Tensor, "*batch"], new: Point, old: Point) -> Point:
    """The new point where the mask holds, the old one elsewhere."""
    column = mask.unsqueeze(-1)
    return Point(
        torch.where(column, new.z, old.z),
        torch.where(mask, new.e, old.e),
        torch.where(column, new.g, old.g),
    )


class Walk(NamedTuple):
    """Where each sample is, whether it goes on, and what it has used so far."""

    at: Point
    active: Bool[Tensor, " samples"]
    iterations: Int[Tensor, " samples"]
    evaluations: Int[Tensor, " samples"]

    def on(self, found: Found, tolerance: float) -> "Walk":
        """The walk one step further."""
        return Walk(
            found.point,
            found.ok & (steepness(found.point) > tolerance),
            self.iterations + found.ok,
            self.evaluations + found.evaluations,
        )


def steepness(at: Point) -> Float[Tensor, "*batch"]:
    """The largest component of the gradient."""
    return at.g.abs().amax(-1)


def begin(
    E: Energy,
    y: Float[Tensor, "*#shape dim"],
    z: Float[Tensor, "*shape latent"],
    tolerance: float,
) -> tuple[Energy, Tensor, Walk]:
    """The first look at every start; from here on the batch is flat, of shape (samples,)."""
    e, g = value_and_gradient(E, y, z)
    flat_z, flat_g = (columns(x.reshape(-1, z.shape[-1])) for x in (z, g))
    at = Point(flat_z, e.reshape(-1), flat_g)
    zeros = torch.zeros_like(at.e, dtype=torch.long)
    return *flatten(E, y, z, e), Walk(at, steepness(at) > tolerance, zeros, zeros + 1)


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

    Samples that have arrived are dropped, so that the others do not wait for them. `direction`
    and `search` see the batch flat, of shape (samples,), and ever fewer of it.

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
        RuntimeError: under `torch.inference_mode`.
        ValueError: as `starting_point` and `value_and_gradient`, if steps < 1 or tolerance < 0.
    """
    check_count("steps", steps)
    if not tolerance >= 0:
        raise ValueError(f"tolerance must be >= 0. Got {tolerance}.")
    z = starting_point(y, z)
    E, y, walk = begin(E, y, z, tolerance)
    ends, rows, visited = walk, torch.arange(len(y), device=y.device), [z]
    for _ in range(steps):
        if int(walk.active.count_nonzero()) <= FEW * len(rows):
            going = where(walk.active)
            ends = put(ends, rows, walk)
            rows, y, walk = rows[going], y.index_select(0, going), take(walk, going)
            direction.keep(going)
            search.keep(going)
        if len(rows) == 0:
            break
        line = Line(E, y, walk.at, direction(walk.at))
        walk = walk.on(search(line, walk.active), tolerance)
        if path:
            ends = put(ends, rows, walk)
            visited.append(ends.at.z.reshape(z.shape))
    ends = put(ends, rows, walk)
    batch = z.shape[:-1]
    return Minimum(
        ends.at.z.reshape(z.shape).contiguous(),
        ends.at.e.reshape(batch),
        ends.iterations.reshape(batch),
        ends.evaluations.reshape(batch),
        (steepness(ends.at) <= tolerance).reshape(batch),
        torch.stack(visited) if path else None,
    )
