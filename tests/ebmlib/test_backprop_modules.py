"""Each module's backward against torch's gradcheck, and what it refuses."""

from collections.abc import Callable
from typing import Any

import pytest
import torch
from torch import Tensor, nn
from torch.autograd import gradcheck

from ebmlib.backprop.container import Parallel, Sequential
from ebmlib.backprop.cost import Cost, CrossEntropy, SquaredError
from ebmlib.backprop.extreme import LogSumExp, Max, Softargmax
from ebmlib.backprop.flow import Node, Route, Sum, routing
from ebmlib.backprop.linear import Linear
from ebmlib.backprop.module import Module
from ebmlib.backprop.pointwise import ReLU, Sigmoid, Tanh


def normal(*shape: int, seed: int = 0) -> Tensor:
    return torch.randn(*shape, generator=torch.Generator().manual_seed(seed), dtype=torch.float64)


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


def branching() -> Sequential:
    return Sequential(
        Node(3), Parallel(linear(4, 5), Sequential(linear(4, 5, 2), Tanh()), linear(4, 5, 3)), Sum()
    )


MODULES: dict[str, Callable[[], Module]] = {
    "Linear": lambda: linear(4, 5),
    "ReLU": ReLU,
    "Tanh": Tanh,
    "Sigmoid": Sigmoid,
    "Softargmax": Softargmax,
    "Softargmax cold": lambda: Softargmax(beta=3.0),
    "LogSumExp": LogSumExp,
    "LogSumExp hot": lambda: LogSumExp(beta=0.3),
    "Max": Max,
    "Node, Sum": lambda: Sequential(Node(3), Sum()),
    "Route": lambda: Route(routing([4, 0, 0, None, 2], 5)),
    "Sequential": lambda: Sequential(linear(4, 5), ReLU(), linear(3, 4, 2), Softargmax()),
    "Parallel": branching,
}


@pytest.mark.parametrize("name", MODULES)
@pytest.mark.parametrize("seed", range(3))
def test_torch_gradcheck(name: str, seed: int) -> None:
    module = MODULES[name]()
    values = [p.clone().requires_grad_() for p, _ in module.parameters()]
    r = normal(6, 5, seed=seed).requires_grad_()
    assert gradcheck(as_autograd(module), (r, *values), eps=1e-6, atol=1e-8)


TORCH: dict[str, tuple[Callable[[], Module], Callable[[Tensor], Tensor]]] = {
    "ReLU": (ReLU, torch.relu),
    "Tanh": (Tanh, torch.tanh),
    "Sigmoid": (Sigmoid, torch.sigmoid),
    "Softargmax": (Softargmax, lambda s: torch.softmax(s, 1)),
    "LogSumExp": (LogSumExp, lambda s: torch.logsumexp(s, 1)),
    "Max": (Max, lambda s: s.max(1).values),
}


@pytest.mark.parametrize("name", TORCH)
def test_equals_autograd(name: str) -> None:
    make, theirs = TORCH[name]
    ours, s = make(), normal(7, 4).requires_grad_()
    truth = theirs(s)
    torch.testing.assert_close(ours(s.detach()), truth.detach(), rtol=0, atol=1e-14)
    v = normal(*truth.shape, seed=3)
    truth.backward(v)
    torch.testing.assert_close(ours.backward(v), s.grad, rtol=0, atol=1e-14)


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


def test_extreme_scores_do_not_overflow() -> None:
    s, y = torch.tensor([[1e4, 0.0, -1e4]]), torch.tensor([[0.0, 1.0, 0.0]])
    cost = CrossEntropy()
    assert float(cost(s, y)) == pytest.approx(1e4)
    assert cost.backward().tolist() == [[1.0, -1.0, 0.0]]
    assert Sigmoid()(torch.tensor([-1e4, 0.0, 1e4])).tolist() == [0.0, 0.5, 1.0]


def test_max_is_the_cold_limit_of_logsumexp() -> None:
    s, v = normal(6, 5), normal(6, seed=1)
    hard, cold = Max(), LogSumExp(beta=1e4)
    torch.testing.assert_close(cold(s), hard(s), rtol=0, atol=1e-3)
    torch.testing.assert_close(cold.backward(v), hard.backward(v), rtol=0, atol=1e-12)


def test_dtype_follows_the_tensors() -> None:
    net = Sequential(Linear(torch.ones(2, 3), torch.zeros(2)), Tanh(), LogSumExp())
    out = net(torch.ones(4, 3))
    assert out.dtype == net.backward(torch.ones(4)).dtype == torch.float32


REFUSED: dict[str, tuple[Callable[[], Any], str]] = {
    "W": (lambda: Linear(normal(3), normal(3)), r"W must have shape \(out, in\). Got \(3,\)."),
    "b": (lambda: Linear(normal(3, 2), normal(2)), r"b must have shape \(3,\). Got \(2,\)."),
    "r": (lambda: linear(3, 2)(normal(5, 3)), r"r must have shape \(5, 2\). Got \(5, 3\)."),
    "Sum": (lambda: Sum()((normal(2, 2), normal(2, 3))), r"each r must have shape \(2, 2\)."),
    "Parallel": (lambda: Parallel(Tanh())((normal(2), normal(2))), "r must have 1 entries. Got 2."),
    "Node": (lambda: Node(2).backward((normal(2),)), "gradOutput must have 2 entries. Got 1."),
    "G": (lambda: Route(torch.ones(2, 2)), "G must have rows that are one-hot or zero."),
    "sources": (lambda: routing([3], 3), r"sources must lie in 0..2. Got 3."),
    "y": (
        lambda: CrossEntropy()(normal(2, 3), torch.ones(2, 3, dtype=torch.float64)),
        "y must have rows that sum to 1.",
    ),
    "G's shape": (lambda: Route(torch.ones(3)), r"G must have shape \(out, in\). Got \(3,\)."),
    "k": (lambda: Node(0), r"k must be an integer >= 1. Got 0."),
    "nan": (
        lambda: CrossEntropy()(normal(2, 3), torch.full((2, 3), torch.nan)),
        "y must have rows that sum to 1.",
    ),
    "vector": (
        lambda: CrossEntropy()(normal(3), normal(3)),
        r"produced must have shape \(batch, K\). Got \(3,\).",
    ),
    "vectors": (
        lambda: SquaredError()(normal(3), normal(3)),
        r"produced must have shape \(batch, K\). Got \(3,\).",
    ),
    "yt": (lambda: SquaredError()(normal(2, 3), normal(2, 2)), r"y must have shape \(2, 3\)."),
}


@pytest.mark.usefixtures("unchecked")
@pytest.mark.parametrize("name", REFUSED)
def test_refuses(name: str) -> None:
    call, message = REFUSED[name]
    with pytest.raises(ValueError, match=message):
        call()


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
@pytest.mark.parametrize("make", [ReLU, Tanh, Sigmoid, Softargmax, LogSumExp, Max])
def test_refuses_a_gradient_of_another_shape(make: Callable[[], Module]) -> None:
    module = make()
    module(normal(4, 3))
    with pytest.raises(ValueError, match="gradOutput must have shape"):
        module.backward(normal(5, 2))
