"""Dropout in use against torch's."""

import pytest
import torch
from torch import nn

from ebmlib.nets.dropout import Dropout, dropout_samples
from ebmlib.nets.mlp import mlp


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


def test_errors_of_dropout(unchecked) -> None:
    with pytest.raises(ValueError, match=r"p must be in \[0, 1\). Got 1.0."):
        Dropout(1.0)
    with pytest.raises(ValueError, match=r"net must hold an ebmlib.nets.dropout.Dropout. Got none"):
        dropout_samples(nn.Linear(2, 2), torch.ones(1, 2), 3)
