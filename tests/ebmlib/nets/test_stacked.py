"""A stack of nets equals nets trained one by one."""

import math

import pytest
import torch
from torch import nn

from ebmlib.nets.stacked import Stacked
from ebmlib.train import adam, generators


def alone(stack: Stacked, i: int) -> nn.Sequential:
    layers: list[nn.Module] = []
    for W, b in zip(stack.W, stack.b, strict=True):
        layer = nn.Linear(*W.shape[1:])
        layer.weight.data, layer.bias.data = W[i].mT.clone().detach(), b[i, 0].clone().detach()
        layers += [layer, nn.Tanh()]
    return nn.Sequential(*layers[:-1])


def test_training_does_not_mix_the_nets(generator) -> None:
    stack = Stacked([2, 8, 2], generators([0, 1, 2]))
    torch.manual_seed(0)
    net, y = alone(stack, 1), torch.randn(3, 20, 2, generator=generator(0))
    torch.testing.assert_close(stack(y)[1], net(y[1]))
    both = adam(stack.parameters(), 0.01, 20), adam(net.parameters(), 0.01, 20)
    for _ in range(20):
        losses = ((stack(y) - y).square().sum(-1).mean(-1).sum(), (net(y[1]) - y[1]).square())
        for (optimiser, schedule), L in zip(both, losses, strict=True):
            optimiser.zero_grad()
            (L if L.ndim == 0 else L.sum(-1).mean()).backward()
            optimiser.step()
            schedule.step()
    torch.testing.assert_close(stack(y)[1], net(y[1]), atol=1e-4, rtol=1e-4)


def test_a_net_depends_on_its_seed_alone() -> None:
    few, many = Stacked([2, 4, 1], generators([7])), Stacked([2, 4, 1], generators([3, 7]))
    torch.testing.assert_close(few.W[0][0], many.W[0][1])
    assert few.W[0].abs().max() <= 1 / math.sqrt(2)
    one = many.net(1)
    torch.testing.assert_close(one(torch.ones(1, 3, 2))[0], many(torch.ones(1, 3, 2))[1])
    one.W[0].data.zero_()
    assert many.W[0][1].abs().max() > 0


def test_errors(unchecked) -> None:
    with pytest.raises(ValueError, match="sizes must name an input and an output"):
        Stacked([2], generators([0]))
    with pytest.raises(ValueError, match="generators must hold one a net"):
        Stacked([2, 2], [])
    for i in (-1, 2):
        with pytest.raises(ValueError, match=rf"i must lie in 0..1. Got {i}."):
            Stacked([2, 2], generators([0, 1])).net(i)
