"""Ridge, stopping, dropout and the least norm: peers, descent and enumeration are the truth."""

from itertools import product

import pytest
import torch
from sklearn.linear_model import Lasso, Ridge

from ebmlib.optimise.regularise import dropout_ridge, least_norm, ridge, stopped
from ebmlib.sparse.codes import fista


def data(generator, n: int = 12, d: int = 4) -> tuple[torch.Tensor, torch.Tensor]:
    g = generator(0)
    return (torch.randn(n, d, generator=g, dtype=torch.float64),
            torch.randn(n, generator=g, dtype=torch.float64))  # fmt: skip


def test_ridge_is_that_of_scikit_learn(generator) -> None:
    x, y = data(generator)
    peer = Ridge(alpha=12 * 0.3, fit_intercept=False).fit(x.numpy(), y.numpy()).coef_
    torch.testing.assert_close(ridge(x, y, 0.3), torch.as_tensor(peer), atol=1e-10, rtol=0)


def test_a_ridge_with_a_strength_each_has_no_slope(generator) -> None:
    x, y = data(generator)
    lam = torch.tensor([0.1, 0.0, 2.0, 0.5], dtype=torch.float64)
    w = ridge(x, y, lam).requires_grad_()
    energy = (x @ w - y).square().mean() / 2 + (lam * w**2).sum() / 2
    (slope,) = torch.autograd.grad(energy, w)
    assert slope.abs().max() < 1e-12


@pytest.mark.parametrize("steps", [1, 7, 300])
@pytest.mark.parametrize("shape", [(12, 4), (3, 6)])
def test_stopped_is_where_descent_is(steps: int, shape: tuple[int, int], generator) -> None:
    x, y = data(generator, *shape)
    w = torch.zeros(shape[1], dtype=torch.float64)
    for _ in range(steps):
        w = w - 0.1 * x.T @ (x @ w - y) / len(x)
    torch.testing.assert_close(stopped(x, y, 0.1, steps), w, atol=1e-11, rtol=0)


def test_stopped_ends_at_the_least_norm(generator) -> None:
    x, y = data(generator, 3, 6)
    torch.testing.assert_close(stopped(x, y, 0.2, 100_000), least_norm(x, y), atol=1e-9, rtol=0)
    torch.testing.assert_close(ridge(x, y, 1e-9), least_norm(x, y), atol=1e-6, rtol=0)


def test_a_column_of_zeros_keeps_its_weight_at_zero(generator) -> None:
    x, y = data(generator)
    x[:, 2] = 0
    assert stopped(x, y, 0.1, 5)[2].abs() < 1e-12


def test_dropout_is_this_ridge_over_all_masks(generator) -> None:
    x, y = data(generator, 5, 3)
    w, p = torch.tensor([0.3, -1.0, 2.0], dtype=torch.float64), 0.3
    mean = torch.zeros((), dtype=torch.float64)
    for kept in product((0, 1), repeat=3):  # the same mask for all samples: the mean is the same
        mask = torch.tensor(kept, dtype=torch.float64)
        chance = p ** (3 - sum(kept)) * (1 - p) ** sum(kept)
        mean += chance * ((x * mask / (1 - p)) @ w - y).square().mean()
    expected = (x @ w - y).square().mean() + (dropout_ridge(x, p) * w**2).sum()
    torch.testing.assert_close(mean, expected)


def test_shrinking_finds_the_lasso_of_scikit_learn(generator) -> None:
    """The page says so of its sparse weights."""
    x, y = data(generator, 40, 10)
    peer = Lasso(alpha=0.1, fit_intercept=False, tol=1e-14, max_iter=100_000)
    peer.fit(x.numpy(), y.numpy())
    ours = fista(y[None] / 40**0.5, x / 40**0.5, 0.2, steps=2000).z
    torch.testing.assert_close(ours.flatten(), torch.as_tensor(peer.coef_), atol=1e-8, rtol=0)
    assert 0 < int((ours == 0).sum()) < 10


def test_errors(unchecked, generator) -> None:
    x, y = data(generator)
    with pytest.raises(ValueError, match=r"y must have shape \(12,\). Got \(11,\)."):
        least_norm(x, y[1:])
    with pytest.raises(ValueError, match=r"x must have shape \(n, d\). Got \(12,\)."):
        dropout_ridge(y, 0.5)
    with pytest.raises(ValueError, match=r"p must be in \[0, 1\). Got 1.0."):
        dropout_ridge(x, 1.0)
    with pytest.raises(ValueError, match=r"lam must be >= 0. Got -1.0."):
        ridge(x, y, -1.0)
    with pytest.raises(ValueError, match=r"lam must be a number or have shape \(4,\). Got \(3,\)."):
        ridge(x, y, torch.ones(3))
    with pytest.raises(ValueError, match=r"steps must be an integer >= 1. Got 0."):
        stopped(x, y, 0.1, 0)
    with pytest.raises(ValueError, match=r"eta must be finite and > 0. Got 0."):
        stopped(x, y, 0.0, 1)
