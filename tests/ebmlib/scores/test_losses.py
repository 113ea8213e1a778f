"""Losses without log Z, against closed forms, quadrature, enumeration, finite differences."""

import itertools
import math
from collections.abc import Iterator

import pytest
import torch

from ebmlib.scores.losses import (
    denoising_score,
    info_nce,
    noise_contrastive,
    probability_flow,
    pseudo_likelihood,
    ratio_matching,
    score_matching,
    sliced,
)


@pytest.fixture(autouse=True)
def _double() -> Iterator[None]:
    torch.set_default_dtype(torch.float64)
    yield
    torch.set_default_dtype(torch.float32)


K = torch.tensor([[2.0, 0.5, 0.0], [0.5, 1.0, -0.3], [0.0, -0.3, 0.7]], dtype=torch.float64)


def bowl(y: torch.Tensor) -> torch.Tensor:
    return torch.einsum("bi,ij,bj->b", y, K, y) / 2


def ripples(y: torch.Tensor) -> torch.Tensor:
    return (y[:, 0] ** 4 / 4 + torch.sin(y[:, 0] * y[:, 1]) + y[:, 2] ** 2).exp().log1p()


def test_of_a_bowl_the_loss_is_a_trace(generator) -> None:
    y = torch.randn(50, 3, generator=generator(0))
    S = y.mT @ y / 50
    expected = (K @ S @ K).trace() / 2 - K.trace()
    torch.testing.assert_close(score_matching(bowl, y), expected)


def test_curvature_is_that_of_finite_differences(generator) -> None:
    y, h = torch.randn(20, 3, generator=generator(1)), 1e-4
    ways = h * torch.eye(3)
    slope = torch.stack([(ripples(y + v) - ripples(y - v)) / (2 * h) for v in ways], 1)
    bend = sum((ripples(y + v) - 2 * ripples(y) + ripples(y - v)) / h**2 for v in ways)
    expected = (slope.square().sum(1) / 2 - bend).mean()
    torch.testing.assert_close(score_matching(ripples, y), expected, atol=1e-5, rtol=1e-5)


def test_it_is_the_fisher_divergence_but_for_a_number() -> None:
    """By quadrature, for data of N(0, 1) and models N(m, s^2): no constant of E matters."""
    y = torch.linspace(-12, 12, 4001)[:, None]
    q = torch.softmax(-(y[:, 0] ** 2) / 2, 0)
    less = []
    for m, s, c in ((0.0, 1.0, 0.0), (1.0, 2.0, 5.0), (-0.5, 0.7, -3.0)):

        def E(y: torch.Tensor, m=m, s=s, c=c) -> torch.Tensor:
            return (y[:, 0] - m) ** 2 / (2 * s**2) + c

        fisher = (q * ((y[:, 0] - m) / s**2 - y[:, 0]) ** 2).sum() / 2
        each = torch.stack([score_matching(E, one[None]) for one in y[::8]])
        weights = torch.softmax(-(y[::8, 0] ** 2) / 2, 0)
        less.append((weights * each).sum() - fisher)
    torch.testing.assert_close(torch.stack(less), less[0].expand(3), atol=1e-9, rtol=0)
    assert less[0].item() == pytest.approx(-0.5, abs=1e-9)


def test_slices_along_the_axes_add_up(generator) -> None:
    y = torch.randn(20, 3, generator=generator(2))
    parts = sum(sliced(ripples, y, v.expand(20, 3)) for v in torch.eye(3))
    torch.testing.assert_close(parts, score_matching(ripples, y))


def test_denoising_of_a_bowl_is_least_at_the_blurred_precision(generator) -> None:
    g, sigma = generator(3), 0.5
    C = torch.linalg.inv(K)
    y = torch.randn(200_000, 3, generator=g) @ torch.linalg.cholesky(C).mT
    eps = torch.randn(200_000, 3, generator=g)
    P = torch.linalg.inv(C + sigma**2 * torch.eye(3)).requires_grad_()
    L = denoising_score(lambda y: torch.einsum("bi,ij,bj->b", y, P, y) / 2, y, eps, sigma)
    (slope,) = torch.autograd.grad(L, P)
    assert slope.abs().max() < 0.01
    spoiled = y + sigma * eps
    torch.testing.assert_close(L, ((spoiled @ P.mT - eps / sigma) ** 2).sum(1).mean() / 2)


def test_noise_contrastive_is_a_classifiers_cross_entropy(generator) -> None:
    g = generator(4)
    F, F_hat = torch.randn(7, generator=g), torch.randn(21, generator=g)
    q, q_hat = torch.randn(7, generator=g), torch.randn(21, generator=g)
    p = torch.cat((torch.exp(-F - 0.3), torch.exp(-F_hat - 0.3)))
    share = p / (p + 3 * torch.cat((q, q_hat)).exp())
    label = torch.cat((torch.ones(7), torch.zeros(21)))
    expected = 4 * torch.nn.functional.binary_cross_entropy(share, label)
    torch.testing.assert_close(noise_contrastive(F, F_hat, q, q_hat, 0.3), expected)


def test_info_nce_is_cross_entropy(generator) -> None:
    s = torch.randn(5, 4, 4, generator=generator(5))
    expected = [torch.nn.functional.cross_entropy(one, torch.arange(4)) for one in s]
    torch.testing.assert_close(info_nce(s), torch.stack(expected))
    assert info_nce(torch.zeros(8, 8)).item() == pytest.approx(math.log(8))


def test_pseudo_likelihood_is_that_of_enumerated_conditionals(generator) -> None:
    """An energy by a table of all 16 states of four units: no formula of the gaps is used."""
    states = torch.tensor(list(itertools.product((-1.0, 1.0), repeat=4)))
    e = torch.randn(16, generator=generator(6))
    p = torch.softmax(-e, 0).reshape(2, 2, 2, 2)
    flip = torch.stack([torch.arange(16) ^ (8 >> i) for i in range(4)], 1)
    gaps = e[flip] - e[:, None]
    each = torch.stack([(p / p.sum(i, keepdim=True)).reshape(-1) for i in range(4)], 1)
    assert ((states[flip, torch.arange(4)] + states) == 0).all()
    torch.testing.assert_close(pseudo_likelihood(gaps), -each.log().sum(1).mean())
    torch.testing.assert_close(ratio_matching(gaps), (1 - each).square().sum(1).mean())
    odds = ((1 - each) / each).sqrt()
    torch.testing.assert_close(probability_flow(gaps), odds.sum(1).mean())


def test_errors(unchecked) -> None:
    y = torch.zeros(4, 2)
    with pytest.raises(ValueError, match=r"y must have shape \(batch, d\). Got \(4,\)."):
        score_matching(lambda y: y, torch.zeros(4))
    with pytest.raises(ValueError, match=r"E\(y\) must have shape \(batch,\). Got \(4, 2\)."):
        score_matching(lambda y: y, y)
    with pytest.raises(ValueError, match=r"v must have shape \(4, 2\). Got \(2,\)."):
        sliced(lambda y: y.sum(1), y, torch.zeros(2))
    with pytest.raises(ValueError, match=r"sigma must be finite and > 0. Got 0."):
        denoising_score(lambda y: y.sum(1), y, y, 0.0)
    with pytest.raises(ValueError, match=r"eps must have shape \(4, 2\). Got \(4,\)."):
        denoising_score(lambda y: y.sum(1), y, torch.zeros(4), 1.0)
    four, two = torch.zeros(4), torch.zeros(2)
    with pytest.raises(ValueError, match=r"log_noise must have shape \(4,\). Got \(2,\)."):
        noise_contrastive(four, two, two, two)
    with pytest.raises(ValueError, match=r"log_noise_hat must have shape \(2,\). Got \(4,\)."):
        noise_contrastive(four, two, four, four)
    with pytest.raises(ValueError, match=r"s must have shape \(..., N, N\). Got \(2, 3\)."):
        info_nce(torch.zeros(2, 3))
    with pytest.raises(ValueError, match=r"gaps must have shape \(..., D\). Got \(\)."):
        pseudo_likelihood(torch.tensor(1.0))
