"""A change of map: its metric in closed form, and its sparse minimum by basis pursuit."""

import numpy as np
import pytest
import torch
from scipy.optimize import linprog

from ebmlib.optimise.reparametrise import metric, squares_descent


def test_metric_in_closed_form() -> None:
    u = torch.tensor([0.3, -1.2, 2.0], dtype=torch.float64)
    torch.testing.assert_close(metric(torch.exp, u), torch.diag(torch.exp(2 * u)))
    torch.testing.assert_close(metric(torch.square, u), torch.diag(4 * u**2))
    A = torch.randn(2, 3, generator=torch.Generator().manual_seed(0), dtype=torch.float64)
    torch.testing.assert_close(metric(lambda u: A @ u, u), A @ A.T)
    shared = metric(lambda u: torch.cat((u, u)), u)  # two copies move together
    torch.testing.assert_close(shared, torch.eye(3, dtype=torch.float64).repeat(2, 2))


def test_metric_of_the_roots_knows_their_product() -> None:
    p, q = torch.tensor([1.3, 0.2], dtype=torch.float64), torch.tensor([0.5, 0.9])
    found = metric(lambda u: u[:2] ** 2 - u[2:] ** 2, torch.cat((p, q.double())))
    w = p**2 - q**2
    torch.testing.assert_close(found, torch.diag(4 * (w**2 + 4 * (p * q) ** 2).sqrt()))


def planted(seed: int) -> tuple[torch.Tensor, torch.Tensor]:
    g = torch.Generator().manual_seed(seed)
    x = torch.randn(40, 100, generator=g, dtype=torch.float64)
    w = torch.zeros(100, dtype=torch.float64)
    w[:5] = torch.tensor([1.0, -2.0, 1.5, -1.2, 0.8], dtype=torch.float64)
    return x, w


def test_small_start_comes_near_basis_pursuit() -> None:
    """The page's sceptic: scipy's linear program finds the planted weights exactly."""
    x, w = zip(*(planted(seed) for seed in range(3)), strict=True)
    X, W = torch.stack(x), torch.stack(w)
    y = (X @ W[..., None])[..., 0]
    near = squares_descent(X, y, 1e-4, eta=0.05, steps=8000)
    far = squares_descent(X, y, 0.1, eta=0.05, steps=8000)
    for k in range(3):
        A = np.concatenate((X[k].numpy(), -X[k].numpy()), 1)
        pursued = linprog(np.ones(200), A_eq=A, b_eq=y[k].numpy(), bounds=(0, None))
        least = torch.as_tensor(pursued.x[:100] - pursued.x[100:])
        torch.testing.assert_close(least, W[k], atol=1e-9, rtol=0)
        assert (near[k] - least).norm() < 0.02 * least.norm()
        assert (far[k] - least).norm() > 0.1 * least.norm()


def test_a_large_start_is_least_norm() -> None:
    x, w = planted(0)
    y = x @ w
    found = squares_descent(x, y, 30.0, eta=2e-5, steps=3000)  # the metric is nearly 8 a^2
    least = torch.linalg.pinv(x) @ y
    torch.testing.assert_close(found, least, atol=1e-4, rtol=0)


def test_descent_is_that_of_autograd() -> None:
    x, w = planted(1)
    y = x @ w
    p = torch.full((100,), 0.1, dtype=torch.float64, requires_grad=True)
    q = torch.full((100,), 0.1, dtype=torch.float64, requires_grad=True)
    sgd = torch.optim.SGD([p, q], lr=0.03)
    for _ in range(20):
        sgd.zero_grad()
        ((x @ (p * p - q * q) - y).square().sum() / 80).backward()
        sgd.step()
    ours = squares_descent(x, y, 0.1, eta=0.03, steps=20)
    torch.testing.assert_close(ours, (p * p - q * q).detach())


def test_errors(unchecked) -> None:
    with pytest.raises(ValueError, match=r"u must have shape \(dim,\). Got \(2, 2\)."):
        metric(torch.exp, torch.zeros(2, 2))
    with pytest.raises(ValueError, match=r"H\(u\) must have shape \(weights,\). Got \(\)."):
        metric(torch.sum, torch.zeros(2))
    with pytest.raises(ValueError, match=r"Got \(3, 2\) and \(2,\)."):
        squares_descent(torch.zeros(3, 2), torch.zeros(2), 0.1, eta=0.1, steps=1)
    with pytest.raises(ValueError, match=r"a must be finite and > 0. Got 0.0."):
        squares_descent(torch.zeros(3, 2), torch.zeros(3), 0.0, eta=0.1, steps=1)
