"""The linear module against torch's, and its twin."""

from collections.abc import Callable
from typing import Any

import pytest
import torch
from torch import nn

from ebmlib.backprop.container import Sequential
from ebmlib.backprop.linear import Linear
from ebmlib.backprop.pointwise import Tanh
from tests.helpers.draws import normal
from tests.helpers.modules import assert_gradcheck, linear


def test_shared_weights_have_summed_gradients() -> None:
    W, b, x, v = normal(3, 3), normal(3, seed=1), normal(5, 3, seed=2), normal(5, 3, seed=3)
    first = Linear(W.clone(), b.clone())
    net = Sequential(first, Tanh(), first.twin())
    net(x)
    net.backward(v)
    Wa, ba = W.clone().requires_grad_(), b.clone().requires_grad_()
    (torch.tanh(x @ Wa.T + ba) @ Wa.T + ba).backward(v)
    torch.testing.assert_close(first.gradWeight, Wa.grad, rtol=0, atol=1e-13)
    torch.testing.assert_close(first.gradBias, ba.grad, rtol=0, atol=1e-13)
    assert len(net.parameters()) == 2  # shared: handed out once, so that it is stepped once


@pytest.mark.parametrize("seed", range(3))
def test_linear_passes_torchs_gradcheck(seed: int) -> None:
    assert_gradcheck(linear(4, 5), seed)


def test_linear_equals_autograd_and_accumulates() -> None:
    ours, theirs = linear(3, 4), nn.Linear(4, 3, dtype=torch.float64)
    with torch.no_grad():
        theirs.weight.copy_(ours.W), theirs.bias.copy_(ours.b)
    for seed in range(2):
        r, v = normal(5, 4, seed=seed), normal(5, 3, seed=seed + 5)
        torch.testing.assert_close(ours(r), theirs(r), rtol=0, atol=1e-14)
        ours.backward(v)
        theirs(r).backward(v)
    torch.testing.assert_close(ours.gradWeight, theirs.weight.grad, rtol=0, atol=1e-12)
    torch.testing.assert_close(ours.gradBias, theirs.bias.grad, rtol=0, atol=1e-12)
    ours.zero_grad()
    assert not ours.gradWeight.any()
    assert not ours.gradBias.any()


REFUSED: dict[str, tuple[Callable[[], Any], str]] = {
    "W": (lambda: Linear(normal(3), normal(3)), r"W must have shape \(out, in\). Got \(3,\)."),
    "b": (lambda: Linear(normal(3, 2), normal(2)), r"b must have shape \(3,\). Got \(2,\)."),
    "r": (lambda: linear(3, 2)(normal(5, 3)), r"r must have shape \(5, 2\). Got \(5, 3\)."),
}


@pytest.mark.usefixtures("unchecked")
@pytest.mark.parametrize("name", REFUSED)
def test_linear_refuses(name: str) -> None:
    call, message = REFUSED[name]
    with pytest.raises(ValueError, match=message):
        call()
