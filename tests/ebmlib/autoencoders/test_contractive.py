"""Penalty and gains of a map against its Jacobian."""

import torch

from ebmlib.autoencoders.contractive import gains, penalty
from ebmlib.field import jacobian
from ebmlib.nets.stacked import Stacked
from ebmlib.train import generators
from tests.helpers.draws import normal


def test_the_penalty_and_the_gains_of_a_jacobian() -> None:
    net = Stacked([2, 8, 3], generators([0, 1]), dtype=torch.float64)
    y = normal(2, 4, 2)
    squares = jacobian(net, y).square().sum((2, 3)).mean(1)
    torch.testing.assert_close(penalty(net, y), squares)
    M = torch.diag(torch.tensor([2.0, 0.5])).double()
    along = torch.tensor([1.0, 0.0]).double().expand(2, 4, 2)
    found = gains(lambda u: u @ M.mT, y, along)
    torch.testing.assert_close(found.tangent, torch.full((2, 4), 2.0).double())
    torch.testing.assert_close(found.normal, torch.full((2, 4), 0.5).double())
