"""A classifier's energies and training against torch."""

import math

import pytest
import torch
from torch.nn.functional import cross_entropy

from ebmlib.data.spiral import spiral
from ebmlib.nets.classifier import class_free_energy, cross_entropy_energy, fit, logit_energy
from ebmlib.nets.mlp import mlp
from ebmlib.soft import softargmin, softmin


def test_energies(generator) -> None:
    s = torch.randn(20, 5, generator=generator(0), dtype=torch.float64)
    y = torch.arange(20) % 5
    E = cross_entropy_energy(s)
    torch.testing.assert_close(E[torch.arange(20), y], cross_entropy(s, y, reduction="none"))
    torch.testing.assert_close(softargmin(E), softargmin(logit_energy(s)))
    assert torch.equal(E.argmin(-1), logit_energy(s).argmin(-1))
    torch.testing.assert_close(torch.logsumexp(-E, -1), torch.zeros(20).double())
    torch.testing.assert_close(softmin(E), torch.full((20,), math.log(5)).double())
    torch.testing.assert_close(class_free_energy(s), -torch.logsumexp(s, -1) + math.log(5))


def test_losses_keep_the_digits_of_the_samples(generator) -> None:
    x, y = spiral(30, generator=generator(0), dtype=torch.float64)
    net = mlp([2, 8, 3], generator=generator(1), dtype=torch.float64)
    first = cross_entropy(net(x), y).item()
    losses = fit(net, x, y, steps=1, lr=0.1)
    assert losses.dtype == torch.float64
    assert losses.item() == first


def test_fit_is_the_plain_loop(generator) -> None:
    x, y = spiral(30, generator=generator(0))
    ours, theirs = (mlp([2, 8, 3], generator=generator(1)) for _ in range(2))
    losses = fit(ours, x, y, steps=5, lr=0.1, optimiser=torch.optim.SGD, weight_decay=0.01)
    sgd = torch.optim.SGD(theirs.parameters(), lr=0.1, weight_decay=0.01)
    for L in losses:
        loss = cross_entropy(theirs(x), y)
        assert float(L) == pytest.approx(loss.item())
        sgd.zero_grad()
        loss.backward()
        sgd.step()
    for a, b in zip(ours.parameters(), theirs.parameters(), strict=True):
        torch.testing.assert_close(a, b)
