"""The best of many starts."""

import pytest
import torch

from ebmlib.grids import angles
from ebmlib.infer.conjugate import conjugate_gradient
from ebmlib.infer.exhaustive import exhaustive
from ebmlib.infer.gradient import backtracking_descent, gradient_descent
from ebmlib.infer.lbfgs import lbfgs
from ebmlib.infer.multistart import multistart
from ebmlib.latent.ellipse import Ellipse
from tests.helpers.energies import bowl

ALL = [gradient_descent, backtracking_descent, conjugate_gradient, lbfgs]


@pytest.mark.parametrize("method", ALL)
def test_multistart_is_the_global_minimum(method, samples: torch.Tensor) -> None:
    E, grid = Ellipse(torch.tensor([1.45, 0.35]).double()), angles(dtype=torch.float64)
    truth = lbfgs(E, samples, exhaustive(E, samples, grid).z)
    found = multistart(method, E, samples, grid[::6])
    torch.testing.assert_close(found.E, truth.E, atol=1e-8, rtol=0)
    assert found.z.shape == (40, 1)
    every = method(E, samples, grid[::6].unsqueeze(1).expand(8, 40, 1))
    torch.testing.assert_close(found.E, every.E.amin(0))
    assert torch.equal(found.evaluations, every.evaluations.sum(0))


@pytest.mark.parametrize("method", ALL)
def test_the_path_of_the_best_start(method, samples: torch.Tensor) -> None:
    E = Ellipse(torch.tensor([1.45, 0.35]).double())
    best = multistart(method, E, samples, torch.full((2, 1), 2.0).double(), path=True)
    torch.testing.assert_close(best.path[-1], best.z)


def test_no_start_is_told(unchecked) -> None:
    y, z = torch.zeros(5, 3), torch.zeros(0, 3)
    with pytest.raises(ValueError, match=r"starts must have shape .* Got \(0, 3\) and \(5, 3\)."):
        multistart(lbfgs, bowl, y, z)
