"""Soft and hard maxima as modules against torch's."""

from collections.abc import Callable

import pytest
import torch

from ebmlib.backprop.extreme import LogSumExp, Max, Softargmax
from ebmlib.backprop.module import Module
from tests.helpers.draws import normal
from tests.helpers.modules import assert_equals, assert_gradcheck

EXTREME = {
    "Softargmax": Softargmax,
    "Softargmax cold": lambda: Softargmax(beta=3.0),
    "LogSumExp": LogSumExp,
    "LogSumExp hot": lambda: LogSumExp(beta=0.3),
    "Max": Max,
}


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("name", EXTREME)
def test_extreme_passes_torchs_gradcheck(name: str, seed: int) -> None:
    assert_gradcheck(EXTREME[name](), seed)


def test_extreme_equals_autograd() -> None:
    assert_equals(Softargmax(), lambda s: torch.softmax(s, 1))
    assert_equals(LogSumExp(), lambda s: torch.logsumexp(s, 1))
    assert_equals(Max(), lambda s: s.max(1).values)


def test_max_is_the_cold_limit_of_logsumexp() -> None:
    s, v = normal(6, 5), normal(6, seed=1)
    hard, cold = Max(), LogSumExp(beta=1e4)
    torch.testing.assert_close(cold(s), hard(s), rtol=0, atol=1e-3)
    torch.testing.assert_close(cold.backward(v), hard.backward(v), rtol=0, atol=1e-12)


@pytest.mark.usefixtures("unchecked")
@pytest.mark.parametrize("make", [Softargmax, LogSumExp, Max])
def test_refuses_a_vector(make: Callable[[], Module]) -> None:
    with pytest.raises(ValueError, match=r"s must have shape \(batch, K\). Got \(3,\)."):
        make()(normal(3))


def test_at_absolute_zero_softargmax_is_flat() -> None:
    module = Softargmax(beta=torch.inf)
    assert module(normal(2, 3)).sum() == 2
    assert torch.equal(module.backward(normal(2, 3)), torch.zeros(2, 3).double())


@pytest.mark.usefixtures("unchecked")
@pytest.mark.parametrize("make", [Softargmax, LogSumExp, Max])
def test_extreme_refuses_a_gradient_of_another_shape(make: Callable[[], Module]) -> None:
    module = make()
    module(normal(4, 3))
    with pytest.raises(ValueError, match="gradOutput must have shape"):
        module.backward(normal(5, 2))
