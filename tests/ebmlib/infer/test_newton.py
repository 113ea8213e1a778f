"""Newton's method for a latent of one number."""

import pytest
import torch

from ebmlib.grids import angles
from ebmlib.infer.exhaustive import exhaustive
from ebmlib.infer.lbfgs import lbfgs
from ebmlib.infer.newton import newton
from ebmlib.latent.ellipse import Ellipse
from tests.helpers.energies import bowl


def test_newton_squares_the_error(samples: torch.Tensor) -> None:
    E, grid = Ellipse(torch.tensor([1.45, 0.35]).double()), angles(dtype=torch.float64)
    coarse = exhaustive(E, samples, grid)
    truth = lbfgs(E, samples, coarse.z, tolerance=1e-12).z
    error = [(newton(E, samples, coarse.z, steps=n) - truth).abs().max() for n in (1, 2, 3)]
    assert error[1] < error[0] ** 2
    assert error[2] < 1e-7
    assert E.w.grad is None


def test_newton_goes_downhill_where_the_energy_is_concave(samples: torch.Tensor) -> None:
    E = Ellipse(torch.tensor([1.45, 0.35]).double())
    top = torch.atan2(-samples[:, 1:], -samples[:, :1]) + 0.1
    moved = newton(E, samples, top, steps=1)
    assert bool((E(samples, moved) <= E(samples, top)).all())
    assert float((moved - top).abs().max()) <= 0.1 + 1e-12


@pytest.mark.usefixtures("unchecked")
def test_newton_bad_input() -> None:
    y = torch.zeros(5, 3)
    with pytest.raises(ValueError, match=r"z must have shape \(\*batch, 1\). Got \(5, 3\)."):
        newton(bowl, y, y)
    with pytest.raises(ValueError, match=r"steps must be an integer >= 1. Got 0."):
        newton(bowl, y, y[:, :1], steps=0)
    with pytest.raises(ValueError, match=r"reach must be finite and > 0. Got -1.0."):
        newton(bowl, y, y[:, :1], reach=-1.0)
    with pytest.raises(ValueError, match=r"E must return shape \(5,\). Got \(5, 3\)."):
        newton(lambda y, z: (y - z) ** 2, y, y[:, :1])
    with pytest.raises(ValueError, match=r"z must have a floating dtype. Got torch.int64."):
        newton(bowl, y, y[:, :1].long())
    with torch.inference_mode(), pytest.raises(RuntimeError, match=r"outside torch.inference_mode"):
        newton(bowl, y, y[:, :1])
    with pytest.raises(ValueError, match=r"E must depend on z. Got an energy without a gradient."):
        newton(lambda y, z: y.sum(-1), y, y[:, :1])
    with pytest.raises(ValueError, match=r"E must bend with z. Got an energy whose slope is const"):
        newton(lambda y, z: (y + z).sum(-1), y, y[:, :1])
