"""Inference of the latent against scipy.optimize and closed forms."""

import math

import numpy as np
import pytest
import torch
from scipy.optimize import minimize, rosen

from ebmlib.data.ellipse import ellipse
from ebmlib.grids import angles
from ebmlib.infer.conjugate import conjugate_gradient
from ebmlib.infer.exhaustive import exhaustive
from ebmlib.infer.gradient import backtracking_descent, gradient_descent
from ebmlib.infer.lbfgs import lbfgs
from ebmlib.infer.multistart import multistart
from ebmlib.infer.newton import newton
from ebmlib.latent.ellipse import Ellipse

ALL = [gradient_descent, backtracking_descent, conjugate_gradient, lbfgs]
WITH_SEARCH = ALL[1:]


def bowl(y: torch.Tensor, z: torch.Tensor) -> torch.Tensor:
    """A quadratic of curvatures 2, 6 and 10 with its minimum at y."""
    return ((z - y) ** 2 * torch.tensor([1.0, 3.0, 5.0], dtype=z.dtype)).sum(-1)


def rosenbrock(y: torch.Tensor, z: torch.Tensor) -> torch.Tensor:
    z = z - y
    return (100 * (z[..., 1:] - z[..., :-1] ** 2) ** 2 + (1 - z[..., :-1]) ** 2).sum(-1)


@pytest.fixture
def samples(generator) -> torch.Tensor:
    return ellipse(40, x=0, generator=generator(0), dtype=torch.float64).y


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


@pytest.mark.parametrize("method", [conjugate_gradient, lbfgs])
def test_rosenbrock_as_scipy(method, generator) -> None:
    starts = torch.randn(20, 4, generator=generator(1), dtype=torch.float64)
    y = torch.zeros(4, dtype=torch.float64)
    found = method(rosenbrock, y, starts, steps=1000, tolerance=1e-7)
    assert bool(found.converged.all())
    for start, z, e in zip(starts, found.z, found.E, strict=True):
        truth = minimize(rosen, start.numpy(), method="L-BFGS-B", options={"gtol": 1e-8})
        polished = minimize(rosen, z.numpy(), method="BFGS", options={"gtol": 1e-9})
        np.testing.assert_allclose(polished.x, z.numpy(), atol=1e-5)
        assert float(e) <= truth.fun + 1e-9 or float(e) == pytest.approx(3.7014286, abs=1e-5)


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
    best = multistart(method, E, samples, z[:2], path=True)
    torch.testing.assert_close(best.path[-1], best.z)


def test_a_step_for_each_sample() -> None:
    y = torch.tensor([[1.0], [2.0]])
    found = gradient_descent(
        lambda y, z: (y - z).square().sum(-1),
        y,
        torch.zeros(2, 1),
        lr=torch.tensor([0.5, 0.05]),
        steps=1,
    )
    torch.testing.assert_close(found.z, torch.tensor([[1.0], [0.2]]))
    assert found.converged.tolist() == [True, False]


def test_gradient_descent_needs_a_step_below_two_over_curvature() -> None:
    y, z = torch.zeros(1, 3), torch.ones(1, 3)
    assert bool(gradient_descent(bowl, y, z, lr=0.195).converged)
    assert not bool(gradient_descent(bowl, y, z, lr=0.205, steps=200).converged)
    runaway = gradient_descent(bowl, y, z, lr=10.0)
    assert not bool(runaway.converged)
    assert bool(runaway.E.isfinite())


def test_searches_survive_walls() -> None:
    """Where a trial step leaves the domain, the energy is infinite or NaN: go back."""

    def barrier(y: torch.Tensor, z: torch.Tensor) -> torch.Tensor:
        return (z - z.log() + 0 * y).sum(-1)

    for method in WITH_SEARCH:
        z = torch.tensor([[0.01], [0.5], [9.0]], dtype=torch.float64)
        found = method(barrier, torch.zeros(3, 1, dtype=torch.float64), z)
        torch.testing.assert_close(found.z, torch.ones_like(z), atol=1e-4, rtol=0)


def test_a_start_at_the_minimum_takes_no_step() -> None:
    y = torch.randn(4, 3, generator=torch.Generator().manual_seed(0))
    for method in ALL:
        found = method(bowl, y, y)
        assert found.iterations.tolist() == [0] * 4
        assert found.evaluations.tolist() == [1] * 4
        assert bool(found.converged.all())


def test_parameters_get_no_gradient(samples: torch.Tensor) -> None:
    E = Ellipse(torch.tensor([1.45, 0.35]).double())
    with torch.no_grad():
        found = lbfgs(E, samples, torch.zeros(40, 1).double())
    assert E.w.grad is None
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
    with pytest.raises(ValueError, match=r"starts must have shape .* Got \(0, 3\) and \(5, 3\)."):
        multistart(method, bowl, y, z[:0])


def test_bad_options() -> None:
    y, z = torch.zeros(5, 3), torch.zeros(5, 3)
    with pytest.raises(ValueError, match=r"lr must be finite and > 0. Got 0"):
        backtracking_descent(bowl, y, z, lr=0.0)
    with pytest.raises(ValueError, match=r"history must be an integer >= 1. Got 0."):
        lbfgs(bowl, y, z, history=0)


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
    with pytest.raises(ValueError, match=r"E must depend on z. Got an energy without a gradient."):
        newton(lambda y, z: y.sum(-1), y, y[:, :1])
    with pytest.raises(ValueError, match=r"E must bend with z. Got an energy whose slope is const"):
        newton(lambda y, z: (y + z).sum(-1), y, y[:, :1])
    for lr in (-1.0, math.nan, torch.tensor([0.1, 0.0])):
        with pytest.raises(ValueError, match=r"lr must be finite and > 0. Got "):
            gradient_descent(bowl, y, y, lr=lr)


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
