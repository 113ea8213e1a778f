"""Ensembles and their doubt against closed forms."""

import math

import pytest
import torch
from torch import nn

from ebmlib.nets.ensemble import Ensemble, disagreement, entropy, ring, spread
from ebmlib.nets.mlp import mlp


def test_ensemble_stacks_its_members(generator) -> None:
    nets = [mlp([2, 4, 3], generator=generator(s)) for s in range(3)]
    x = torch.randn(5, 2, generator=generator(9))
    ensemble = Ensemble(nets)
    torch.testing.assert_close(ensemble(x)[1], nets[1](x))
    p = ensemble.probabilities(x)
    assert p.shape == (3, 5, 3)
    assert not p.requires_grad
    torch.testing.assert_close(p[2], torch.softmax(nets[2](x), -1).detach())


def test_spread_of_two_that_differ() -> None:
    p = torch.tensor([[[1.0, 0]], [[0.0, 1]]])
    assert float(spread(p)) == pytest.approx(1 / math.sqrt(2))
    assert float(disagreement(p)) == pytest.approx(math.log(2))
    same = torch.full((4, 6, 3), 1 / 3)
    assert float(spread(same).abs().max()) == 0
    assert float(disagreement(same).abs().max()) == pytest.approx(0, abs=1e-6)


def test_entropy_of_certainty_is_zero() -> None:
    p = torch.tensor([[1.0, 0, 0], [1 / 3, 1 / 3, 1 / 3]])
    assert entropy(p).tolist() == pytest.approx([0, math.log(3)])


def test_ring(generator) -> None:
    r = ring(500, generator=generator(0)).norm(dim=-1)
    assert float(r.min()) >= 1.5
    assert float(r.max()) <= 3
    assert float(r.mean()) == pytest.approx(2.25, abs=0.06)


def test_errors_of_the_ensemble(unchecked) -> None:
    with pytest.raises(ValueError, match=r"the number of members must be an integer >= 2. Got 1."):
        Ensemble([nn.Linear(2, 2)])
    with pytest.raises(ValueError, match=r"members >= 2. Got \(1, 2, 3\)."):
        spread(torch.ones(1, 2, 3))
    with pytest.raises(ValueError, match=r"inner and outer must fulfil"):
        ring(3, 2.0, 1.0)
