"""Modules in a row and side by side against torch's gradcheck."""

from collections.abc import Callable
from typing import Any

import pytest
import torch

from ebmlib.backprop.container import Parallel, Sequential
from ebmlib.backprop.extreme import LogSumExp, Softargmax
from ebmlib.backprop.flow import Node, Sum
from ebmlib.backprop.linear import Linear
from ebmlib.backprop.pointwise import ReLU, Tanh
from tests.helpers.draws import normal
from tests.helpers.modules import assert_gradcheck, linear


def test_shared_parameters_are_handed_out_once_at_every_depth() -> None:
    shared = Linear(normal(2, 2), normal(2))
    side = Parallel(shared, Sequential(shared.twin(), Tanh()))
    assert len(Sequential(Node(2), side, Sum(), shared.twin()).parameters()) == 2


@pytest.mark.parametrize("seed", range(3))
def test_containers_pass_torchs_gradcheck(seed: int) -> None:
    assert_gradcheck(Sequential(linear(4, 5), ReLU(), linear(3, 4, 2), Softargmax()), seed)
    side = Parallel(linear(4, 5), Sequential(linear(4, 5, 2), Tanh()), linear(4, 5, 3))
    assert_gradcheck(Sequential(Node(3), side, Sum()), seed)


def test_dtype_follows_the_tensors() -> None:
    net = Sequential(Linear(torch.ones(2, 3), torch.zeros(2)), Tanh(), LogSumExp())
    out = net(torch.ones(4, 3))
    assert out.dtype == net.backward(torch.ones(4)).dtype == torch.float32


REFUSED: dict[str, tuple[Callable[[], Any], str]] = {
    "Parallel": (lambda: Parallel(Tanh())((normal(2), normal(2))), "r must have 1 entries. Got 2."),
}


@pytest.mark.usefixtures("unchecked")
@pytest.mark.parametrize("name", REFUSED)
def test_container_refuses(name: str) -> None:
    call, message = REFUSED[name]
    with pytest.raises(ValueError, match=message):
        call()
