"""Pointwise modules against torch's."""

from collections.abc import Callable
from typing import Any

import pytest
import torch

from ebmlib.backprop.module import Module
from ebmlib.backprop.pointwise import ReLU, Sigmoid, Tanh
from tests.helpers.draws import normal
from tests.helpers.modules import assert_equals, assert_gradcheck


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("make", [ReLU, Tanh, Sigmoid])
def test_pointwise_passes_torchs_gradcheck(make: Callable[[], Module], seed: int) -> None:
    assert_gradcheck(make(), seed)


@pytest.mark.parametrize(
    ("make", "theirs"), [(ReLU, torch.relu), (Tanh, torch.tanh), (Sigmoid, torch.sigmoid)]
)
def test_pointwise_equals_autograd(make: Callable[[], Module], theirs: Any) -> None:
    assert_equals(make(), theirs)


def test_a_sigmoid_does_not_overflow() -> None:
    assert Sigmoid()(torch.tensor([-1e4, 0.0, 1e4])).tolist() == [0.0, 0.5, 1.0]


@pytest.mark.usefixtures("unchecked")
@pytest.mark.parametrize("make", [ReLU, Tanh, Sigmoid])
def test_pointwise_refuses_a_gradient_of_another_shape(make: Callable[[], Module]) -> None:
    module = make()
    module(normal(4, 3))
    with pytest.raises(ValueError, match="gradOutput must have shape"):
        module.backward(normal(5, 2))
