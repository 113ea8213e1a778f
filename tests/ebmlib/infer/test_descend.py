"""What all methods of inference share: minima, ends, paths, and what they refuse."""

import math

import numpy as np
import pytest
import torch

from ebmlib.grids import angles
from ebmlib.infer.conjugate import conjugate_gradient
from ebmlib.infer.exhaustive import exhaustive
from ebmlib.infer.gradient import backtracking_descent, gradient_descent
from ebmlib.infer.lbfgs import lbfgs
from ebmlib.latent.ellipse import Ellipse
from tests.helpers.energies import bowl, rosenbrock

ALL = [gradient_descent, backtracking_descent, conjugate_gradient, lbfgs]


@pytest.mark.parametrize("method", ALL)
@pytest.mark.parametrize("dtype", [torch.float32, torch.float64])
def test_bowl(method, dtype: torch.dtype, generator) -> None:
    y = torch.randn(50, 3, generator=generator(0), dtype=dtype)
    found = method(bowl, y, torch.zeros(50, 3, dtype=dtype))
    torch.testing.assert_close(found.z, y, atol=1e-5, rtol=0)
    assert bool(found.converged.all())
    assert found.z.dtype == dtype
    torch.testing.assert_close(found.E, bowl(y, found.z))
    assert not found.z.requires_grad


@pytest.mark.parametrize("method", ALL)
@pytest.mark.parametrize("w", [(1.45, 0.35), (2.0, 1.5)])
def test_refines_the_grid(method, w, samples: torch.Tensor) -> None:
    E, grid = Ellipse(torch.tensor(w, dtype=torch.float64)), angles(dtype=torch.float64)
    coarse = exhaustive(E, samples, grid)
    fine = method(E, samples, coarse.z, tolerance=1e-8)
    assert bool(fine.converged.all())
    assert bool((fine.E <= coarse.E + 1e-12).all())
    assert bool(((fine.z - coarse.z).abs() <= 2 * math.pi / 48).all())
    for y, e in zip(samples.numpy(), fine.E, strict=True):
        z = np.linspace(0, 2 * math.pi, 20_001)
        dense = (y[0] - w[0] * np.cos(z)) ** 2 + (y[1] - w[1] * np.sin(z)) ** 2
        assert float(e) == pytest.approx(dense.min(), abs=1e-6)


@pytest.mark.parametrize("method", ALL)
def test_each_sample_stops_alone(method, samples: torch.Tensor) -> None:
    """A batch ends where its samples end alone, after as many steps."""
    E = Ellipse(torch.tensor([1.45, 0.35]).double())
    z = torch.full((40, 1), 0.3, dtype=torch.float64)
    together = method(E, samples, z)
    assert together.iterations.unique().numel() > 2
    for b in (0, 7, 39):
        alone = method(E, samples[b : b + 1], z[b : b + 1])
        torch.testing.assert_close(alone.z[0], together.z[b], atol=1e-9, rtol=0)
        assert alone.iterations[0] == together.iterations[b]
        assert alone.evaluations[0] == together.evaluations[b]


@pytest.mark.parametrize("method", ALL)
def test_path(method, samples: torch.Tensor) -> None:
    E = Ellipse(torch.tensor([1.45, 0.35]).double())
    z = torch.full((40, 1), 2.0, dtype=torch.float64)
    found = method(E, samples, z, path=True)
    assert found.path.shape == (int(found.iterations.max()) + 1, 40, 1)
    torch.testing.assert_close(found.path[0], z)
    torch.testing.assert_close(found.path[-1], found.z)
    e = torch.stack([E(samples, z) for z in found.path]).detach()
    assert bool((e.diff(dim=0) <= 1e-9).all())  # downhill all the way


def test_a_start_at_the_minimum_takes_no_step() -> None:
    y = torch.randn(4, 3, generator=torch.Generator().manual_seed(0))
    for method in ALL:
        found = method(bowl, y, y)
        assert found.iterations.tolist() == [0] * 4
        assert found.evaluations.tolist() == [1] * 4
        assert bool(found.converged.all())


@pytest.mark.parametrize("method", ALL)
@pytest.mark.usefixtures("unchecked")
def test_bad_input(method) -> None:
    y, z = torch.zeros(5, 3), torch.zeros(5, 3)
    with pytest.raises(ValueError, match=r"Got \(5, 3\) and \(4, 3\)."):
        method(bowl, y, z[:4])
    with pytest.raises(ValueError, match=r"z must hold no NaN. Got 15 of them."):
        method(bowl, y, z * math.nan)
    with pytest.raises(ValueError, match=r"z must have shape \(\*batch, size\). Got \(\)."):
        method(bowl, y, torch.tensor(0.0))
    with pytest.raises(ValueError, match=r"E must return shape \(5,\). Got \(5, 3\)."):
        method(lambda y, z: (y - z) ** 2, y, z)
    with pytest.raises(ValueError, match=r"steps must be an integer >= 1. Got 0."):
        method(bowl, y, z, steps=0)
    with pytest.raises(ValueError, match=r"tolerance must be >= 0. Got -1"):
        method(bowl, y, z, tolerance=-1)
    with pytest.raises(ValueError, match="E must depend on z"):
        method(lambda y, z: y.sum(-1), y, z)
    with pytest.raises(ValueError, match=r"z must have a floating dtype. Got torch.int64."):
        method(bowl, y, z.long())
    with torch.inference_mode(), pytest.raises(RuntimeError, match=r"outside torch.inference_mode"):
        method(bowl, y, z)


@pytest.mark.parametrize("method", ALL)
def test_the_default_dtype_and_device_do_not_matter(method) -> None:
    y, z = torch.tensor([[-1.2, 1.0], [2.0, -3.0]]), torch.zeros(2, 2)
    truth = method(rosenbrock, y, z, steps=30)
    before = torch.get_default_dtype()
    try:
        torch.set_default_dtype(torch.float64)
        with torch.device("meta"):
            found = method(rosenbrock, y, z, steps=30)
    finally:
        torch.set_default_dtype(before)
    assert found.z.dtype == torch.float32
    assert torch.equal(found.z, truth.z)
