"""Initial weights have the promised variances, and depth does what the theory says."""

import math
from collections.abc import Callable

import pytest
import torch
from scipy.integrate import quad
from torch import nn

from ebmlib.backprop.initial import gaussian_mean, he, measured, predicted, torch_default, xavier
from ebmlib.backprop.pointwise import ReLU, Tanh


@pytest.mark.parametrize(
    ("draw", "variance"),
    [(xavier, 2 / (400 + 300)), (he, 2 / 300), (torch_default, 1 / (3 * 300))],
)
def test_variances(draw: Callable[..., torch.Tensor], variance: float) -> None:
    W = draw(400, 300, generator=torch.Generator().manual_seed(0), dtype=torch.float64)
    assert W.shape == (400, 300)
    assert W.dtype == torch.float64
    assert float(W.var()) == pytest.approx(variance, rel=0.02)
    assert float(W.mean()) == pytest.approx(0, abs=4 * math.sqrt(variance / W.numel()))


def test_torch_default_is_torchs() -> None:
    torch.manual_seed(0)
    theirs = nn.Linear(300, 400).weight.detach()
    ours = torch_default(400, 300, generator=torch.Generator().manual_seed(0))
    assert float(ours.abs().max()) == pytest.approx(float(theirs.abs().max()), rel=1e-3)
    assert float(ours.std()) == pytest.approx(float(theirs.std()), rel=0.02)


@pytest.mark.parametrize("q", [0.01, 0.5, 1.0, 4.0])
def test_gaussian_mean_equals_scipy(q: float) -> None:
    truth, _ = quad(
        lambda g: math.tanh(math.sqrt(q) * g) ** 2 * math.exp(-g * g / 2) / math.sqrt(2 * math.pi),
        -12,
        12,
    )
    assert gaussian_mean(lambda s: torch.tanh(s) ** 2, q) == pytest.approx(truth, abs=1e-10)
    assert gaussian_mean(lambda s: s**2, q) == pytest.approx(q, rel=1e-12)


def test_predicted_for_relu_and_identity() -> None:
    kept = predicted(torch.relu, lambda s: (s > 0).double(), 2.0, depth=20)
    torch.testing.assert_close(kept.q, torch.ones(20))
    torch.testing.assert_close(kept.d, torch.full((20,), 0.5))
    halved = predicted(torch.relu, lambda s: (s > 0).double(), 1.0, depth=5)
    torch.testing.assert_close(halved.q, 2.0 ** -torch.arange(5))
    grown = predicted(lambda s: s, torch.ones_like, 4.0, depth=3)
    assert grown.q.tolist() == pytest.approx([1, 4, 16])
    assert grown.d.tolist() == pytest.approx([16, 4, 1])


@pytest.mark.parametrize("seed", range(3))
def test_tanh_follows_the_prediction(seed: int) -> None:
    g = torch.Generator().manual_seed(seed)
    n, depth = 400, 20
    weights = [xavier(n, n, generator=g) for _ in range(depth)]
    q, d = measured(weights, Tanh, torch.randn(50, n, generator=g), generator=g)
    theory = predicted(torch.tanh, lambda s: 1 - torch.tanh(s) ** 2, 1.0, depth=depth)
    torch.testing.assert_close(q, theory.q, rtol=0.15, atol=0)
    torch.testing.assert_close(d, theory.d, rtol=0.2, atol=0)


def test_measured_with_one_layer_by_hand() -> None:
    g = torch.Generator().manual_seed(0)
    x = torch.tensor([[1.0, -2.0]])
    W = torch.tensor([[3.0, 0.0], [0.0, 1.0]])  # s = (3, -2): the first ReLU passes, not the other
    q, d = measured([W], ReLU, x, generator=g)
    v = torch.randn(1, 2, generator=torch.Generator().manual_seed(0))
    assert float(q[0]) == pytest.approx(6.5)
    assert float(d[0]) == pytest.approx(float(v[0, 0] ** 2 / 2))


def test_refuses() -> None:
    g = torch.Generator()
    with pytest.raises(ValueError, match=r"rows must be an integer >= 1. Got 0."):
        he(0, 3, generator=g)
    with pytest.raises(ValueError, match=r"q must be finite and > 0. Got 0"):
        gaussian_mean(torch.tanh, 0.0)
    for draw in (he, xavier, torch_default):
        with pytest.raises(ValueError, match=r"columns must be an integer >= 1. Got 0."):
            draw(3, 0, generator=g)
    with pytest.raises(ValueError, match=r"rows must be an integer >= 1. Got -1."):
        xavier(-1, -1, generator=g)
