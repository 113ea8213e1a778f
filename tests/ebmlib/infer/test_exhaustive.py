"""A grid's best against every energy."""

import torch

from ebmlib.grids import angles
from ebmlib.infer.exhaustive import exhaustive
from ebmlib.latent.ellipse import Ellipse


def test_the_best_of_the_grid(samples: torch.Tensor) -> None:
    E, grid = Ellipse(torch.tensor([1.45, 0.35]).double()), angles(7, dtype=torch.float64)
    found = exhaustive(E, samples, grid)
    every = torch.stack([E(samples, z.expand(40, 1)) for z in grid]).detach()
    torch.testing.assert_close(found.E, every.amin(0))
    torch.testing.assert_close(found.z, grid[every.argmin(0)])
