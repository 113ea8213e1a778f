"""Soft maxima and minima against scipy, torch, and their defining properties."""

import math

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from scipy.special import logsumexp as scipy_logsumexp
from scipy.special import softmax as scipy_softmax

from ebmlib.soft import logsumexp_max, logsumexp_min, softargmax, softargmin, softmax, softmin

entries = st.lists(
    st.floats(-50, 50, allow_nan=False, allow_subnormal=False), min_size=1, max_size=12
)
SOFT = [softmax, softmin, softargmax, softargmin, logsumexp_max, logsumexp_min]
coldness = st.one_of(st.just(0.0), st.floats(1e-12, 1e6), st.just(math.inf))


def vector(values: list[float]) -> torch.Tensor:
    return torch.tensor(values, dtype=torch.float64)


@given(entries, st.floats(1e-2, 1e3))
def test_softmax_equals_scipy(values: list[float], beta: float) -> None:
    e = vector(values)
    truth = (scipy_logsumexp(beta * e.numpy()) - math.log(len(values))) / beta
    assert float(softmax(e, beta)) == pytest.approx(truth, abs=1e-10)
    assert float(logsumexp_max(e, beta)) == pytest.approx(truth + math.log(len(values)) / beta)
    weights = torch.from_numpy(scipy_softmax(beta * e.numpy()))
    torch.testing.assert_close(softargmax(e, beta), weights)


@given(entries, coldness)
def test_order_and_gap(values: list[float], beta: float) -> None:
    e, slack = vector(values), 1e-9
    low, high, mean = float(e.min()), float(e.max()), float(e.mean())
    soft_low, soft_high = float(softmin(e, beta)), float(softmax(e, beta))
    assert low - slack <= soft_low <= mean + slack
    assert mean - slack <= soft_high <= high + slack
    if beta > 0:
        gap = math.log(len(values)) / beta
        assert soft_low - low <= gap + slack
        assert high - soft_high <= gap + slack


@given(entries, coldness, st.floats(-100, 100))
def test_shift(values: list[float], beta: float, c: float) -> None:
    e = torch.tensor(values, dtype=torch.float64).round(decimals=3)
    c = round(c, 3)
    assert float(softmax(e + c, beta)) == pytest.approx(float(softmax(e, beta)) + c, abs=1e-9)
    if beta <= 1e3:  # colder than that, the rounding of e + c may break a tie
        torch.testing.assert_close(softargmax(e + c, beta), softargmax(e, beta), atol=1e-8, rtol=0)


@given(entries, coldness)
def test_gradient_is_softargmax(values: list[float], beta: float) -> None:
    for soft, weights in ((softmax, softargmax), (softmin, softargmin)):
        e = vector(values).requires_grad_()
        soft(e, beta).backward()
        torch.testing.assert_close(e.grad, weights(e, beta).detach(), atol=1e-9, rtol=1e-7)


@given(entries)
def test_weights_sum_to_one(values: list[float]) -> None:
    for beta in (0.0, 0.3, 50.0, math.inf):
        p = softargmin(vector(values), beta)
        assert float(p.sum()) == pytest.approx(1)
        assert bool((p >= 0).all())


@pytest.mark.parametrize("dtype", [torch.float32, torch.float64])
@pytest.mark.parametrize("beta", [0.0, 1e-45, 1e-30, 1e-8, 1e-4, 1.0, 1e4, 1e20, 1e38, math.inf])
def test_stable_at_every_coldness(dtype: torch.dtype, beta: float) -> None:
    e = torch.tensor([3.0, -1.0, 0.5, 700.0, 2.0], dtype=dtype)
    values = float(softmax(e, beta)), float(softmin(e, beta))
    truth = [702.0, 0.0]
    if beta <= 1e-8:
        truth = [704.5 / 5, 704.5 / 5]
    elif beta >= 1e4:
        truth = [700.0, -1.0]
    else:
        t = beta * e.double().numpy()
        truth = [
            (scipy_logsumexp(t) - math.log(5)) / beta,
            -(scipy_logsumexp(-t) - math.log(5)) / beta,
        ]
    assert values == pytest.approx(truth, rel=2e-4)


def test_hot_limit_keeps_its_digits() -> None:
    e = torch.tensor([0.1, 0.7, 0.2, 0.9])
    beta = 1e-4  # (1/beta) (logsumexp - log N) in float32 would be off by 1e-3
    truth = float(e.double().mean() + 0.5 * beta * e.double().var(correction=0))
    assert float(softmax(e, beta)) == pytest.approx(truth, abs=1e-6)


def test_ties_share_at_absolute_zero() -> None:
    e = torch.tensor([[1.0, 3.0, 3.0], [2.0, 2.0, 2.0]])
    p = softargmax(e, math.inf)
    torch.testing.assert_close(p, torch.tensor([[0, 0.5, 0.5], [1 / 3, 1 / 3, 1 / 3]]))


def test_equals_torch_and_keeps_dim(generator) -> None:
    e = torch.randn(3, 4, 5, generator=generator(0))
    for dim in (0, 1, -1):
        torch.testing.assert_close(softargmax(e, dim=dim), torch.softmax(e, dim))
        torch.testing.assert_close(logsumexp_max(e, dim=dim), torch.logsumexp(e, dim))
        torch.testing.assert_close(logsumexp_min(e, dim=dim), -torch.logsumexp(-e, dim))
        assert softmin(e, 0.0, dim=dim).shape == torch.logsumexp(e, dim).shape


def test_forbidden_configurations() -> None:
    e = torch.tensor([1.0, math.inf, 2.0])
    truth = -math.log((math.exp(-1) + math.exp(-2)) / 3)
    assert float(softmin(e, 1.0)) == pytest.approx(truth)
    assert float(softmin(e, math.inf)) == 1.0
    torch.testing.assert_close(softargmin(e, 0.5)[1], torch.tensor(0.0))


def test_second_derivative_is_minus_beta_covariance(generator) -> None:
    e = torch.randn(6, generator=generator(1), dtype=torch.float64)
    beta = 2.0
    H = torch.autograd.functional.hessian(lambda v: softmin(v, beta), e)
    p = softargmin(e, beta)
    torch.testing.assert_close(H, -beta * (p.diag() - torch.outer(p, p)))
    assert np.linalg.eigvalsh(H.numpy()).max() < 1e-12  # softmin is concave in the energies


def test_under_vmap(generator) -> None:
    e = torch.randn(4, 6, generator=generator(2))
    torch.testing.assert_close(torch.func.vmap(lambda v: softmin(v, 3.0))(e), softmin(e, 3.0))


@pytest.mark.parametrize("soft", [softmax, softmin, softargmax, softargmin])
def test_bad_input(soft) -> None:
    with pytest.raises(ValueError, match=r"beta must be >= 0. Got -1"):
        soft(torch.zeros(3), -1.0)
    with pytest.raises(ValueError, match=r"beta must be >= 0. Got nan"):
        soft(torch.zeros(3), math.nan)
    with pytest.raises(ValueError, match=r"entries along dim -1. Got shape \(2, 0\)"):
        soft(torch.zeros(2, 0))
    with pytest.raises(ValueError, match=r"no NaN. Got 1"):
        soft(torch.tensor([1.0, math.nan]))
    with pytest.raises(ValueError, match=r"dimension 1. Got shape \(3,\)"):
        soft(torch.zeros(3), dim=1)
    with pytest.raises(ValueError, match="dimension -1"):
        soft(torch.tensor(1.0))


@pytest.mark.parametrize("soft", SOFT)
@pytest.mark.parametrize("dtype", [torch.int64, torch.bool, torch.float16, torch.bfloat16])
def test_integers_bools_and_halves_are_told(soft, dtype, unchecked) -> None:
    with pytest.raises(TypeError, match=rf"numbers of 32 or 64 bits. Got {dtype}"):
        soft(torch.arange(3).to(dtype))


def test_log_sum_exp_has_no_hot_limit() -> None:
    with pytest.raises(ValueError, match=r"beta must be > 0. Got 0"):
        logsumexp_max(torch.zeros(3), 0.0)
    assert float(logsumexp_max(torch.ones(3), 1e-40)) == math.inf
    assert float(logsumexp_min(torch.ones(3), math.inf)) == 1.0
