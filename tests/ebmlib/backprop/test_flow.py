"""Copies, sums and routes: matrices and their transposes."""

from collections.abc import Callable
from typing import Any

import pytest
import torch
from torch.nn import functional as F

from ebmlib.backprop.container import Sequential
from ebmlib.backprop.cost import CrossEntropy
from ebmlib.backprop.flow import Node, Route, Sum, routing
from ebmlib.backprop.linear import Linear
from tests.helpers.draws import normal
from tests.helpers.modules import assert_gradcheck


def test_node_and_sum_are_transposes() -> None:
    """<node(a), b> = <a, sum(b)>, forward and backward."""
    a, b = normal(2, 3), tuple(normal(2, 3, seed=s) for s in (1, 2, 3))
    node, add = Node(3), Sum()
    copies, total = node(a), add(b)
    torch.testing.assert_close(
        sum((c * d).sum() for c, d in zip(copies, b, strict=True)), (a * total).sum()
    )
    torch.testing.assert_close(node.backward(b), total)
    for g, c in zip(add.backward(a), copies, strict=True):
        torch.testing.assert_close(g, c)


def test_routing_selects_branches_and_counts() -> None:
    G = routing([2, 0, 0, None, 2, 2], 3)
    route, r, g = Route(G), normal(4, 3), normal(4, 6, seed=1)
    zero = torch.zeros(4, 1, dtype=torch.float64)
    expected = torch.cat([r[:, [2, 0, 0]], zero, r[:, [2, 2]]], 1)
    torch.testing.assert_close(route(r), expected, rtol=0, atol=0)
    back = route.backward(g)
    torch.testing.assert_close(back[:, 0], g[:, 1] + g[:, 2])
    torch.testing.assert_close(back[:, 1], torch.zeros(4, dtype=torch.float64))
    torch.testing.assert_close(back[:, 2], g[:, 0] + g[:, 4] + g[:, 5])
    torch.testing.assert_close(G.T @ G, torch.diag(torch.tensor([2.0, 0.0, 3.0])))


def test_convolution_is_a_shared_linear_map() -> None:
    """vec W = G k is the matrix of a convolution; the kernel's gradient is G^T vec gradWeight."""
    n, K = 7, 3
    sources = [j - i if 0 <= j - i < K else None for i in range(n - K + 1) for j in range(n)]
    G = routing(sources, K).double()
    k, x, v = normal(K), normal(4, n, seed=1), normal(4, n - K + 1, seed=2)
    layer = Linear((G @ k).reshape(n - K + 1, n), torch.zeros(n - K + 1, dtype=torch.float64))
    kernel = k.clone().requires_grad_()
    truth = F.conv1d(x[:, None], kernel[None, None])[:, 0]
    torch.testing.assert_close(layer(x), truth.detach(), rtol=0, atol=1e-14)
    truth.backward(v)
    layer.backward(v)
    torch.testing.assert_close(G.T @ layer.gradWeight.reshape(-1), kernel.grad, rtol=0, atol=1e-13)


@pytest.mark.parametrize("seed", range(3))
def test_flow_passes_torchs_gradcheck(seed: int) -> None:
    assert_gradcheck(Sequential(Node(3), Sum()), seed)
    assert_gradcheck(Route(routing([4, 0, 0, None, 2], 5)), seed)


def test_extreme_scores_do_not_overflow() -> None:
    s, y = torch.tensor([[1e4, 0.0, -1e4]]), torch.tensor([[0.0, 1.0, 0.0]])
    cost = CrossEntropy()
    assert float(cost(s, y)) == pytest.approx(1e4)
    assert cost.backward().tolist() == [[1.0, -1.0, 0.0]]


REFUSED: dict[str, tuple[Callable[[], Any], str]] = {
    "Sum": (lambda: Sum()((normal(2, 2), normal(2, 3))), r"each r must have shape \(2, 2\)."),
    "Node": (lambda: Node(2).backward((normal(2),)), "gradOutput must have 2 entries. Got 1."),
    "G": (lambda: Route(torch.ones(2, 2)), "G must have rows that are one-hot or zero."),
    "sources": (lambda: routing([3], 3), r"sources must lie in 0..2. Got 3."),
    "G's shape": (lambda: Route(torch.ones(3)), r"G must have shape \(out, in\). Got \(3,\)."),
    "k": (lambda: Node(0), r"k must be an integer >= 1. Got 0."),
}


@pytest.mark.usefixtures("unchecked")
@pytest.mark.parametrize("name", REFUSED)
def test_flow_refuses(name: str) -> None:
    call, message = REFUSED[name]
    with pytest.raises(ValueError, match=message):
        call()
