"""Fully connected nets against torch's own layers and start."""

import math

import pytest
import torch
from torch import nn

from ebmlib.nets.mlp import mlp


def test_layers(generator) -> None:
    net = mlp([2, 5, 3], nn.Tanh, generator=generator(0))
    x = torch.randn(7, 2, generator=generator(1))
    h = torch.tanh(x @ net[0].weight.T + net[0].bias)
    torch.testing.assert_close(net(x), h @ net[2].weight.T + net[2].bias)


def test_seed_decides(generator) -> None:
    one, two = (mlp([2, 9, 1], generator=generator(3)) for _ in range(2))
    torch.manual_seed(1)
    for a, b in zip(one.parameters(), two.parameters(), strict=True):
        assert torch.equal(a, b)


def test_start_is_torchs(generator) -> None:
    ours = mlp([400, 300], None, generator=generator(0))[0]
    torch.manual_seed(0)
    theirs = nn.Linear(400, 300)
    for a, b in zip(ours.parameters(), theirs.parameters(), strict=True):
        a, b = a.detach(), b.detach()
        assert float(a.abs().max()) <= 1 / math.sqrt(400)
        assert float(a.std()) == pytest.approx(float(b.std()), rel=0.1)
        assert float(a.std()) == pytest.approx(1 / math.sqrt(3 * 400), rel=0.1)


def test_no_activation_is_affine(generator) -> None:
    net = mlp([2, 6, 3], None, generator=generator(0), dtype=torch.float64)
    x = torch.randn(5, 2, generator=generator(1), dtype=torch.float64)
    W = net[1].weight @ net[0].weight
    b = net[1].weight @ net[0].bias + net[1].bias
    torch.testing.assert_close(net(x), x @ W.T + b)


def test_errors(unchecked) -> None:
    with pytest.raises(ValueError, match=r"sizes must name an input and an output. Got \[2\]."):
        mlp([2])
    with pytest.raises(ValueError, match=r"each size must be an integer >= 1. Got 0."):
        mlp([2, 0, 1])
