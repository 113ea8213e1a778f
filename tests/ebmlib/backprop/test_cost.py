"""Costs against torch's."""

from collections.abc import Callable
from typing import Any

import pytest
import torch
from torch import Tensor, nn
from torch.autograd import gradcheck

from ebmlib.backprop.cost import Cost, CrossEntropy, SquaredError
from ebmlib.backprop.module import Module
from tests.helpers.draws import normal
from tests.helpers.modules import as_autograd

UNNORMALISED = "y must have rows that sum to 1."
VECTOR = r"produced must have shape \(batch, K\). Got \(3,\)."
ONES = torch.ones(2, 3, dtype=torch.float64)
REFUSED: dict[str, tuple[Callable[[], Any], str]] = {
    "y": (lambda: CrossEntropy()(normal(2, 3), ONES), UNNORMALISED),
    "nan": (lambda: CrossEntropy()(normal(2, 3), torch.nan * ONES), UNNORMALISED),
    "vector": (lambda: CrossEntropy()(normal(3), normal(3)), VECTOR),
    "vectors": (lambda: SquaredError()(normal(3), normal(3)), VECTOR),
    "yt": (lambda: SquaredError()(normal(2, 3), normal(2, 2)), r"y must have shape \(2, 3\)."),
}


@pytest.mark.parametrize(
    ("cost", "truth"),
    [
        (SquaredError(), lambda s, y: ((s - y) ** 2).sum(1).mean()),
        (CrossEntropy(), nn.CrossEntropyLoss()),
    ],
)
def test_costs_equal_autograd(cost: Cost, truth: Callable[..., Tensor]) -> None:
    s, y = normal(6, 4).requires_grad_(), torch.softmax(normal(6, 4, seed=2), 1)
    L = truth(s, y)
    L.backward()
    torch.testing.assert_close(cost(s.detach(), y), L.detach(), rtol=0, atol=1e-14)
    torch.testing.assert_close(cost.backward(), s.grad, rtol=0, atol=1e-14)


@pytest.mark.parametrize("cost", [SquaredError(), CrossEntropy()])
def test_costs_pass_torchs_gradcheck(cost: Cost) -> None:
    y = torch.softmax(normal(6, 5, seed=2), 1)

    class Against(Module):
        def forward(self, r: Tensor) -> Tensor:
            return cost.forward(r, y)

        def backward(self, gradOutput: Tensor) -> Tensor:
            return gradOutput * cost.backward()

    s = normal(6, 5).requires_grad_()
    assert gradcheck(as_autograd(Against()), (s,), eps=1e-6, atol=1e-8)


@pytest.mark.usefixtures("unchecked")
@pytest.mark.parametrize("name", REFUSED)
def test_cost_refuses(name: str) -> None:
    call, message = REFUSED[name]
    with pytest.raises(ValueError, match=message):
        call()
