"""Line searches where the energy has walls."""

import torch

from ebmlib.infer.conjugate import conjugate_gradient
from ebmlib.infer.gradient import backtracking_descent, gradient_descent
from ebmlib.infer.lbfgs import lbfgs

ALL = [gradient_descent, backtracking_descent, conjugate_gradient, lbfgs]


WITH_SEARCH = ALL[1:]


def test_searches_survive_walls() -> None:
    """Where a trial step leaves the domain, the energy is infinite or NaN: go back."""

    def barrier(y: torch.Tensor, z: torch.Tensor) -> torch.Tensor:
        return (z - z.log() + 0 * y).sum(-1)

    for method in WITH_SEARCH:
        z = torch.tensor([[0.01], [0.5], [9.0]], dtype=torch.float64)
        found = method(barrier, torch.zeros(3, 1, dtype=torch.float64), z)
        torch.testing.assert_close(found.z, torch.ones_like(z), atol=1e-4, rtol=0)
