"""The single neuron against truth tables, Novikoff's bound, scikit-learn and least squares."""

import itertools

import pytest
import torch
from sklearn.svm import LinearSVC

from ebmlib.nets.neuron import adaline, mistake_bound, perceptron, threshold_unit


def separable(seed: int, margin: float = 0.1, n: int = 60) -> tuple[torch.Tensor, torch.Tensor]:
    g = torch.Generator().manual_seed(seed)
    x = torch.rand(20 * n, 2, generator=g, dtype=torch.float64) * 2 - 1
    w = torch.randn(2, generator=g, dtype=torch.float64)
    side = x @ w / w.norm()
    x, side = x[side.abs() > margin][:n], side[side.abs() > margin][:n]
    return torch.cat([x, torch.ones(n, 1, dtype=torch.float64)], -1), side.sign()


def test_gates() -> None:
    x = torch.tensor(list(itertools.product((0.0, 1.0), repeat=2)))
    w = torch.ones(2)
    assert threshold_unit(x, w, 2).tolist() == [0, 0, 0, 1]  # and
    assert threshold_unit(x, w, 1).tolist() == [0, 1, 1, 1]  # or
    assert threshold_unit(x, -w, 0).tolist() == [1, 0, 0, 0]  # nor


@pytest.mark.parametrize("seed", range(6))
def test_perceptron_separates_within_the_bound(seed: int) -> None:
    x, y = separable(seed)
    learned = perceptron(x, y)
    assert learned.separated
    assert bool((y * (x @ learned.w) > 0).all())
    assert learned.path.shape == (learned.mistakes + 1, 3)
    svm = LinearSVC(C=1e6, fit_intercept=False, loss="hinge", max_iter=2_000_000, tol=1e-8)
    best = torch.from_numpy(svm.fit(x.numpy(), y.numpy()).coef_[0])
    assert learned.mistakes <= mistake_bound(x, y, best) <= mistake_bound(x, y, learned.w) + 1e-9


def test_perceptron_never_ends_on_xor() -> None:
    x = torch.tensor([[0.0, 0, 1], [0, 1, 1], [1, 0, 1], [1, 1, 1]])
    y = torch.tensor([-1.0, 1, 1, -1])
    learned = perceptron(x, y, passes=50)
    assert not learned.separated
    assert learned.mistakes >= 50


def test_adaline_reaches_least_squares() -> None:
    x, y = separable(0)
    H = 2 / len(x) * x.T @ x
    largest = float(torch.linalg.eigvalsh(H)[-1])
    truth = torch.linalg.lstsq(x, y[:, None]).solution[:, 0]
    path = adaline(x, y, lr=1.9 / largest, steps=3000)
    torch.testing.assert_close(path[-1], truth, atol=1e-8, rtol=0)
    far = adaline(x, y, lr=2.05 / largest, steps=600)
    assert float(far[-1].norm()) > 1e3


def test_adaline_step_is_the_gradient() -> None:
    x, y = separable(1)
    w = torch.zeros(3, dtype=torch.float64, requires_grad=True)
    (x @ w - y).square().mean().backward()
    torch.testing.assert_close(adaline(x, y, lr=0.1, steps=1)[1], -0.1 * w.grad)


def test_errors(unchecked) -> None:
    x, y = separable(0)
    with pytest.raises(ValueError, match=r"y must hold -1 and 1 only."):
        perceptron(x, (y + 1) / 2)
    with pytest.raises(ValueError, match=r"w must separate the samples. Got a margin of -"):
        mistake_bound(x, y, -perceptron(x, y).w)
    with pytest.raises(ValueError, match=r"lr must be finite and > 0. Got 0"):
        adaline(x, y, lr=0.0, steps=1)
    with pytest.raises(ValueError, match=r"y must hold -1 and 1 only. Got 0."):
        adaline(x, (y + 1) / 2, lr=0.1, steps=1)
    with pytest.raises(ValueError, match=r"w must separate the samples. Got a margin of nan."):
        mistake_bound(x, y, torch.zeros(3).double())
    shapes = r"x must have shape \(batch, dim\) with batch >= 1, and y \(batch,\). Got \({}"
    with pytest.raises(ValueError, match=shapes.format("0, 3")):
        perceptron(x[:0], y[:0])
    with pytest.raises(ValueError, match=shapes.format("60, 3")):
        adaline(x, y[:3], lr=0.1, steps=1)
