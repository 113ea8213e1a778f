"""Ensembles and dropout in use against closed forms and torch's dropout."""

import math

import pytest
import torch
from torch import nn

from ebmlib.nets.dropout import Dropout, dropout_samples
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


def test_dropout_keeps_the_mean_and_drops_p(generator) -> None:
    drop = Dropout(0.3, generator=generator(0))
    h = drop(torch.ones(100_000))
    assert float((h == 0).double().mean()) == pytest.approx(0.3, abs=0.01)
    assert float(h.mean()) == pytest.approx(1, abs=0.01)
    assert float(h.max()) == pytest.approx(1 / 0.7)
    drop.eval()
    assert torch.equal(drop(h), h)


def test_dropout_spread_equals_torchs(generator) -> None:
    x = torch.randn(20, 2, generator=generator(3))
    linear = mlp([2, 50], generator=generator(1))[0]
    last = mlp([50, 1], generator=generator(2))[0]
    ours = nn.Sequential(linear, Dropout(0.5, generator=generator(4)), last).eval()
    theirs = nn.Sequential(linear, nn.Dropout(0.5), last).train()
    torch.manual_seed(5)
    mine = dropout_samples(ours, x, 4000).std(0)
    other = torch.stack([theirs(x).detach() for _ in range(4000)]).std(0)
    torch.testing.assert_close(mine, other, rtol=0.06, atol=0)


def test_one_thinned_net_a_run(generator) -> None:
    drop = Dropout(0.5, generator=generator(0))
    runs = dropout_samples(drop.eval(), torch.ones(3, 200), 2)
    assert torch.equal(runs[:, 0], runs[:, 1])  # one mask for the whole batch
    assert not torch.equal(runs[0], runs[1])
    train = drop.train()(torch.ones(2, 200))
    assert not torch.equal(train[0], train[1])


def test_dropout_samples_leave_the_net_as_it_was(generator) -> None:
    net = nn.Sequential(nn.Linear(2, 4), Dropout(0.5, generator=generator(0))).eval()
    x = torch.ones(3, 2)
    runs = dropout_samples(net, x, 6)
    assert runs.shape == (6, 3, 4)
    assert float(runs.std(0).max()) > 0
    torch.testing.assert_close(net(x), net(x))
    assert not net[1].in_use


def test_errors(unchecked) -> None:
    with pytest.raises(ValueError, match=r"the number of members must be an integer >= 2. Got 1."):
        Ensemble([nn.Linear(2, 2)])
    with pytest.raises(ValueError, match=r"members >= 2. Got \(1, 2, 3\)."):
        spread(torch.ones(1, 2, 3))
    with pytest.raises(ValueError, match=r"p must be in \[0, 1\). Got 1.0."):
        Dropout(1.0)
    with pytest.raises(ValueError, match=r"net must hold an ebmlib.nets.dropout.Dropout. Got none"):
        dropout_samples(nn.Linear(2, 2), torch.ones(1, 2), 3)
    with pytest.raises(ValueError, match=r"inner and outer must fulfil"):
        ring(3, 2.0, 1.0)
