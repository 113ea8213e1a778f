"""Sparse codes against scikit-learn's coordinate descent, and their bounds."""

import pytest
import torch
from sklearn.linear_model import Lasso

from ebmlib.sparse.codes import energy, fista, ista, lipschitz, optimality


@pytest.mark.parametrize("lam", [0.05, 0.5])
def test_codes_equal_scikit_learn_s(problem, lam: float) -> None:
    W, y = problem
    run = fista(y, W, lam, steps=5000, tolerance=1e-9)
    assert run.residual < 1e-8
    # Lasso minimises |y - W z|^2 / (2 dim) + alpha |z|_1, our energy over 2 dim.
    lasso = Lasso(alpha=lam / (2 * 16), fit_intercept=False, tol=1e-12, max_iter=100_000)
    truth = torch.stack(
        [torch.from_numpy(lasso.fit(W.numpy(), one.numpy()).coef_) for one in y[:8]]
    )
    torch.testing.assert_close(run.z[:8], truth, atol=1e-5, rtol=0)


def test_energy_gradient_and_its_lipschitz_constant(problem) -> None:
    W, y = problem
    z = torch.randn(40, 32, generator=torch.Generator().manual_seed(1), dtype=torch.float64)
    hess = torch.autograd.functional.hessian(lambda u: (y[0] - u @ W.mT).square().sum(), z[0])
    top = float(torch.linalg.eigvalsh(hess)[-1])
    assert lipschitz(W) == pytest.approx(top)
    manual = (y - z @ W.mT).square().sum(-1) + 0.3 * z.abs().sum(-1)
    torch.testing.assert_close(energy(y, z, W, 0.3), manual)


@pytest.mark.parametrize("fast", [False, True])
def test_bounds_hold(problem, fast: bool) -> None:
    W, y = problem
    best = fista(y, W, 0.2, steps=5000, tolerance=1e-9)
    lowest, size = energy(y, best.z, W, 0.2), best.z.square().sum(-1)
    if fast:
        run = fista(y, W, 0.2, steps=80, path=True, restart=False)
    else:
        run = ista(y, W, 0.2, steps=80, path=True)
    k = torch.arange(1, 81, dtype=torch.float64)[:, None]
    L = lipschitz(W)
    bound = 2 * L * size / (k + 1) ** 2 if fast else L * size / (2 * k)
    assert run.path is not None
    assert (run.path[1:] - lowest <= bound + 1e-12).all()
    assert run.path.shape == (81, 40)


def test_silence(problem) -> None:
    W, y = problem
    lam = 2.001 * float((y @ W).abs().max())
    assert fista(y, W, lam, steps=50).z.abs().max() == 0
    assert float(optimality(y, torch.zeros(40, 32).double(), W, lam).max()) == 0


def test_errors(unchecked) -> None:
    with pytest.raises(ValueError, match=r"y must have shape \(batch, dim\) and W"):
        fista(torch.zeros(4, 3), torch.zeros(2, 5), 0.1)
    with pytest.raises(ValueError, match=r"lam must be finite and > 0. Got 0.0."):
        ista(torch.zeros(4, 2), torch.ones(2, 5), 0.0)
    with pytest.raises(ValueError, match=r"tolerance must be >= 0"):
        fista(torch.zeros(4, 2), torch.ones(2, 5), 0.1, tolerance=-1.0)


@pytest.mark.parametrize("steps", [5, 15])
def test_the_residual_is_that_of_the_codes(problem, steps: int) -> None:
    W, y = problem
    run = fista(y, W, 0.2, steps=steps, tolerance=1e-9)
    assert run.residual == float(optimality(y, run.z, W, 0.2).max())


def test_no_sample(problem) -> None:
    W, y = problem
    assert fista(y[:0], W, 0.2, steps=20, tolerance=1e-6).z.shape == (0, 32)
    assert ista(y[:0], W, 0.2, steps=5).z.shape == (0, 32)


def test_the_tolerance_is_met_in_single_precision(problem) -> None:
    W, y = problem
    run = fista(y.float(), W.float(), 0.2, steps=3000, tolerance=1e-9)
    assert run.iterations < 1000
    assert run.residual < 1e-4
    exact = fista(y, W, 0.2, steps=3000, tolerance=1e-9)
    assert exact.residual <= 1e-9
    torch.testing.assert_close(run.z, exact.z.float(), atol=1e-4, rtol=0)


def test_nan_is_told(problem, unchecked) -> None:
    W, y = problem
    with pytest.raises(ValueError, match=r"y must hold no NaN. Got 640 of them."):
        fista(y * float("nan"), W, 0.2)
    with pytest.raises(ValueError, match=r"W must hold no NaN. Got 512 of them."):
        ista(y, W * float("nan"), 0.2)
