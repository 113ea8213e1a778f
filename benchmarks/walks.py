"""Walks that sample an energy, beside torchebm: 4000 chains of 300 steps in the plane.

    python -m benchmarks.walks [--repeats 5]

Both get the same energy, differentiate it by autograd, start at the same places and take steps of
the same sizes. Where their chains end must be the same law: the ring's mean radius and its spread
are printed.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import torch
from torch import Tensor
from torchebm.core import BaseModel, BaseSampler
from torchebm.samplers import HamiltonianMonteCarlo, LangevinDynamics

from benchmarks.turns import asked, head, race
from ebmlib.sampling.walk import hamilton, langevin

CHAINS, STEPS, LEAPS = 4000, 300, 5
H, EPS = 0.02, 0.2  # steps of Langevin's walk and of Hamilton's
Walk = Callable[[Tensor, torch.Generator], Tensor]


def ring(y: Tensor) -> Tensor:
    """A ring of radius 2 that is about .3 wide."""
    return 5 * (y.square().sum(-1).sqrt() - 2).square()


class Ring(BaseModel):
    """The same for torchebm."""

    def forward(self, y: Tensor) -> Tensor:
        return ring(y)


def last_langevin(y: Tensor, generator: torch.Generator) -> Tensor:
    for new in langevin(ring, y, h=H, steps=STEPS, generator=generator):
        y = new
    return y


def last_hamilton(y: Tensor, generator: torch.Generator) -> Tensor:
    for move in hamilton(ring, y, eps=EPS, leaps=LEAPS, steps=STEPS, generator=generator):
        y = move.y
    return y


def theirs(sampler: BaseSampler) -> Walk:
    """Where their chains end."""

    def last(y: Tensor, generator: torch.Generator) -> Tensor:
        ends: Tensor = sampler.sample(x=y.clone(), n_steps=STEPS, generator=generator)
        return ends

    return last


def law(walk: Walk, start: Tensor) -> str:
    """Mean and spread of the radius, where the chains end."""
    radius = walk(start, torch.Generator().manual_seed(2)).norm(dim=-1)
    return f"{float(radius.mean()):.3f} ± {float(radius.std()):.3f}"


def main() -> None:
    repeats: int = asked(__doc__).repeats
    generator = torch.Generator().manual_seed(0)
    start = torch.randn(CHAINS, 2, generator=generator)
    euler = LangevinDynamics(Ring(), step_size=H)
    leapfrog = HamiltonianMonteCarlo(Ring(), step_size=EPS, n_leapfrog_steps=LEAPS)
    print(head("torchebm"))
    for name, ours, peer in (
        ("Langevin", last_langevin, theirs(euler)),
        (f"Hamilton, {LEAPS} leaps a step", last_hamilton, theirs(leapfrog)),
    ):
        times = race(partial(ours, start, generator), partial(peer, start, generator), repeats)
        print(times.row(name, f"radius {law(ours, start)}, theirs {law(peer, start)}"))


if __name__ == "__main__":
    main()
