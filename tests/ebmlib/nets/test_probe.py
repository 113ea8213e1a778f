"""A linear probe against scikit-learn's logistic regression."""

import pytest
import torch
from sklearn.linear_model import LogisticRegression

from ebmlib.data.spiral import spiral
from ebmlib.measure import accuracy
from ebmlib.nets.mlp import mlp
from ebmlib.nets.probe import linear_probe


def test_probe_equals_scikit_learn(generator) -> None:
    x, y = spiral(100, generator=generator(0), dtype=torch.float64)
    probe = linear_probe(x, y, decay=1e-9)
    ours = accuracy(probe(x), y)
    truth = LogisticRegression(C=1e8, max_iter=5000).fit(x.numpy(), y.numpy())
    assert ours == pytest.approx(truth.score(x.numpy(), y.numpy()), abs=0.005)
    theirs = torch.from_numpy(truth.predict_proba(x.numpy()))
    torch.testing.assert_close(torch.softmax(probe(x), -1).detach(), theirs, atol=1e-3, rtol=0)


def test_probe_sees_no_graph(generator, unchecked) -> None:
    x, y = spiral(20, generator=generator(0))
    net = mlp([2, 4, 2], generator=generator(1))
    linear_probe(net(x), y)
    assert all(p.grad is None for p in net.parameters())
    with pytest.raises(ValueError, match=r"h must have shape \(batch, dim\). Got \(60,\)."):
        linear_probe(x[:, 0], y)
    with pytest.raises(ValueError, match=r"the number of samples must be an integer >= 2. Got 1."):
        linear_probe(x[:1], torch.tensor([0]))
