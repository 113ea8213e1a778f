"""Minima against scipy.optimize."""

from collections.abc import Callable

import numpy as np
import pytest
import torch
from scipy.optimize import minimize, rosen

from ebmlib.infer.minimum import Minimum
from tests.helpers.energies import rosenbrock


def assert_rosenbrock_as_scipy(method: Callable[..., Minimum]) -> None:
    """From twenty starts: a point that BFGS does not improve, and no higher than L-BFGS-B's."""
    generator = torch.Generator().manual_seed(1)
    starts = torch.randn(20, 4, generator=generator, dtype=torch.float64)
    y = torch.zeros(4, dtype=torch.float64)
    found = method(rosenbrock, y, starts, steps=1000, tolerance=1e-7)
    assert bool(found.converged.all())
    for start, z, e in zip(starts, found.z, found.E, strict=True):
        truth = minimize(rosen, start.numpy(), method="L-BFGS-B", options={"gtol": 1e-8})
        polished = minimize(rosen, z.numpy(), method="BFGS", options={"gtol": 1e-9})
        np.testing.assert_allclose(polished.x, z.numpy(), atol=1e-5)
        assert float(e) <= truth.fun + 1e-9 or float(e) == pytest.approx(3.7014286, abs=1e-5)
