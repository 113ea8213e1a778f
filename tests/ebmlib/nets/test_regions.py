"""Activation patterns against counting."""

import math

import pytest
import torch
from torch import nn

from ebmlib.grids import centres
from ebmlib.nets.mlp import mlp
from ebmlib.nets.pieces import pieces
from ebmlib.nets.regions import count_regions, most_regions, patterns


def test_most_regions() -> None:
    assert [most_regions(n) for n in range(5)] == [1, 2, 4, 7, 11]  # the lazy caterer
    assert most_regions(20) == 211
    assert most_regions(3, 3) == 8
    assert most_regions(10, 1) == 11


def test_patterns_of_a_quadrant_net() -> None:
    net = nn.Sequential(nn.Linear(2, 2), nn.ReLU(), nn.Linear(2, 1))
    with torch.no_grad():
        net[0].weight.copy_(torch.eye(2))
        net[0].bias.zero_()
    x = torch.tensor([[1.0, 1], [1, -1], [-1, 1], [-1, -1]])
    assert patterns(net, x).tolist() == [[True, True], [True, False], [False, True], [False] * 2]
    assert count_regions(net, centres(1.0, 10)) == 4
    assert len(pieces(net)) == 4


def test_many_units_are_counted_exactly(generator) -> None:
    net = mlp([2, 70], generator=generator(0))  # more than 62 bits, and no ReLU yet
    net.append(nn.ReLU())
    x = centres(2.0, 60)
    assert count_regions(net, x) == len(torch.unique(patterns(net, x), dim=0))


def test_errors_of_patterns(unchecked) -> None:
    with pytest.raises(ValueError, match=r"net must hold a ReLU. Got none."):
        patterns(mlp([2, 3, 1], nn.Tanh), torch.zeros(1, 2))


def test_no_unit_cuts_nothing_and_each_unit_cuts_all() -> None:
    assert most_regions(0) == 1
    assert math.comb(5, 2) == most_regions(5) - 6
