"""A grid's best against every energy."""

import math

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


def test_which_valley_a_grid_may_miss() -> None:
    """One that is wider than the spacing, if it is steep; not one that is lowest half of it off."""
    grid = angles(48, dtype=torch.float64)
    spacing = 2 * math.pi / 48
    bottom, y = float(grid[10]) + spacing / 2, torch.zeros(1, 1, dtype=torch.float64)

    def valley(width: float):
        """A bowl of depth 1 over all latents, and in it a V of the given width, 10 deep."""

        def E(y: torch.Tensor, z: torch.Tensor) -> torch.Tensor:
            steep = (z - bottom).abs() * 20 / width - 10
            return (torch.minimum(steep.clamp(max=0), -(z - 5).cos()) + 0 * y).sum(-1)

        return E

    steep, broad = (exhaustive(valley(w * spacing), y, grid) for w in (1.05, 1.5))
    assert abs(float(steep.z) - bottom) > 1  # at half a spacing the bowl is lower
    assert abs(float(broad.z) - bottom) < 0.51 * spacing
    words = " ".join(str(exhaustive.__doc__).split())
    assert "cannot miss a valley that is still the lowest half a spacing from its bottom" in words
