"""A net that chooses weights: linear in x, and its matrix is the net's output row by row."""

import pytest
import torch
from torch import nn

from ebmlib.nets.hypernet import Hypernet
from ebmlib.nets.mlp import mlp


def test_each_sample_has_its_own_matrix(generator) -> None:
    net = mlp([1, 8, 6], nn.Tanh, generator=generator(0), dtype=torch.float64)
    hyper = Hypernet(net, 2, 3)
    z = torch.randn(5, 1, generator=generator(1), dtype=torch.float64)
    x = torch.randn(5, 3, generator=generator(2), dtype=torch.float64)
    for i in range(5):
        W = net(z[i]).reshape(2, 3)
        torch.testing.assert_close(hyper.weights(z)[i], W)
        torch.testing.assert_close(hyper(z, x)[i], W @ x[i])


def test_it_is_linear_in_x(generator) -> None:
    hyper = Hypernet(mlp([1, 8, 4], nn.Tanh, generator=generator(0), dtype=torch.float64), 2, 2)
    z = torch.zeros(1, dtype=torch.float64)
    a, b = torch.randn(2, 2, generator=generator(1), dtype=torch.float64)
    torch.testing.assert_close(hyper(z, 3 * a - b), 3 * hyper(z, a) - hyper(z, b))


def test_errors(unchecked) -> None:
    hyper = Hypernet(nn.Linear(1, 5), 2, 2)
    with pytest.raises(ValueError, match=r"must have shape \(\*batch, 4\). Got \(3, 5\)."):
        hyper(torch.zeros(3, 1), torch.zeros(3, 2))
    with pytest.raises(ValueError, match=r"x must have shape \(\*batch, 2\). Got \(3, 1\)."):
        hyper(torch.zeros(3, 1), torch.zeros(3, 1))
    with pytest.raises(ValueError, match=r"out must be an integer >= 1. Got 0."):
        Hypernet(nn.Linear(1, 1), 0, 1)
