"""L-BFGS against scipy, and what it leaves alone."""

import pytest
import torch

from ebmlib.infer.lbfgs import lbfgs
from ebmlib.latent.ellipse import Ellipse
from tests.helpers.energies import bowl
from tests.helpers.scipy import assert_rosenbrock_as_scipy


def test_lbfgs_on_rosenbrock() -> None:
    assert_rosenbrock_as_scipy(lbfgs)


def test_parameters_get_no_gradient(samples: torch.Tensor) -> None:
    E = Ellipse(torch.tensor([1.45, 0.35]).double())
    with torch.no_grad():
        found = lbfgs(E, samples, torch.zeros(40, 1).double())
    assert E.w.grad is None
    assert bool(found.converged.all())


def test_lbfgs_needs_a_history() -> None:
    y, z = torch.zeros(5, 3), torch.zeros(5, 3)
    with pytest.raises(ValueError, match=r"history must be an integer >= 1. Got 0."):
        lbfgs(bowl, y, z, history=0)
