"""Modules with a backward of their own, judged by torch's gradcheck and by autograd."""

from collections.abc import Callable
from typing import Any

import torch
from torch import Tensor
from torch.autograd import gradcheck

from ebmlib.backprop.linear import Linear
from ebmlib.backprop.module import Module
from tests.helpers.draws import normal


def linear(rows: int, columns: int, seed: int = 1) -> Linear:
    return Linear(normal(rows, columns, seed=seed), normal(rows, seed=seed + 10))


def as_autograd(module: Module) -> Callable[..., Any]:
    """A module as a torch function, so that torch's own gradcheck can judge its backward."""
    parameters = [p for p, _ in module.parameters()]

    class F(torch.autograd.Function):
        @staticmethod
        def forward(ctx: Any, r: Tensor, *values: Tensor) -> Any:
            for p, value in zip(parameters, values, strict=True):
                p.copy_(value)
            return module(r.detach().clone())

        @staticmethod
        def backward(ctx: Any, *gradOutput: Tensor) -> Any:
            module.zero_grad()
            gradInput = module.backward(gradOutput[0])
            return gradInput, *(g.clone() for _, g in module.parameters())

    def f(r: Tensor, *values: Tensor) -> Any:
        return F.apply(r, *values)

    return f


def assert_gradcheck(module: Module, seed: int = 0) -> None:
    """The module's backward is its derivative, by torch's finite differences."""
    values = [p.clone().requires_grad_() for p, _ in module.parameters()]
    r = normal(6, 5, seed=seed).requires_grad_()
    assert gradcheck(as_autograd(module), (r, *values), eps=1e-6, atol=1e-8)


def assert_equals(ours: Module, theirs: Callable[[Tensor], Tensor]) -> None:
    """Output and gradient are those of a torch function."""
    s = normal(7, 4).requires_grad_()
    truth = theirs(s)
    torch.testing.assert_close(ours(s.detach()), truth.detach(), rtol=0, atol=1e-14)
    v = normal(*truth.shape, seed=3)
    truth.backward(v)
    torch.testing.assert_close(ours.backward(v), s.grad, rtol=0, atol=1e-14)
