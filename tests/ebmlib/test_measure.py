"""Accuracy, modes and ranks against counting and scipy."""

import pytest
import torch
from scipy.stats import rankdata

from ebmlib.data.ring import ring_centres
from ebmlib.measure import accuracy, modes_found, ranks


def test_modes_are_counted() -> None:
    centres = ring_centres(8)
    y = torch.stack([centres.repeat(3, 1), centres[:1].expand(24, 2)])
    found = modes_found(y, centres, near=0.1, least=3)
    assert found.tolist() == [8, 1]


def test_ranks_equal_scipy_s(generator) -> None:
    values = torch.randint(20, (200,), generator=generator(0)).double()
    truth = (torch.from_numpy(rankdata(values.numpy())) - 1) / 199
    torch.testing.assert_close(ranks(values), truth)


def test_accuracy(unchecked) -> None:
    s = torch.tensor([[1.0, 0], [0, 1], [2, 1], [0, 3]])
    assert accuracy(s, torch.tensor([0, 1, 1, 1])) == 0.75
    with pytest.raises(ValueError, match=r"s must have shape \(3, classes\). Got \(4, 2\)."):
        accuracy(s, torch.tensor([0, 1, 1]))
    with pytest.raises(ValueError, match=r"y must have shape \(batch,\). Got \(\)."):
        accuracy(s, torch.tensor(1))


def test_errors_of_ranks(unchecked) -> None:
    with pytest.raises(ValueError, match="values must have shape"):
        ranks(torch.zeros(1))
    with pytest.raises(ValueError, match=r"values must hold no NaN. Got 1 of them."):
        ranks(torch.tensor([1.0, float("nan")]))
