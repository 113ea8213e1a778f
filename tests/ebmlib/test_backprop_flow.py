"""Copies, sums and routes: matrices and their transposes; shared weights, summed gradients."""

import torch
from torch import Tensor
from torch.nn import functional as F

from ebmlib.backprop.container import Parallel, Sequential
from ebmlib.backprop.flow import Node, Route, Sum, routing
from ebmlib.backprop.linear import Linear
from ebmlib.backprop.pointwise import Tanh


def normal(*shape: int, seed: int = 0) -> Tensor:
    return torch.randn(*shape, generator=torch.Generator().manual_seed(seed), dtype=torch.float64)


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


def test_shared_parameters_are_handed_out_once_at_every_depth() -> None:
    shared = Linear(normal(2, 2), normal(2))
    side = Parallel(shared, Sequential(shared.twin(), Tanh()))
    assert len(Sequential(Node(2), side, Sum(), shared.twin()).parameters()) == 2


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
