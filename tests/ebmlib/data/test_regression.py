"""Samples of a linear law: their spread, their law, their errors."""

import pytest
import torch

from ebmlib.data.regression import regression


def test_samples_follow_the_law(generator) -> None:
    w = torch.tensor([1.0, -2.0], dtype=torch.float64)
    sd = torch.tensor([1.0, 3.0], dtype=torch.float64)
    x, y = regression(20000, w, sd=sd, noise=0.5, generator=generator(0))
    assert x.dtype == y.dtype == torch.float64
    torch.testing.assert_close(x.std(0), sd, rtol=0.03, atol=0)
    assert (y - x @ w).std().item() == pytest.approx(0.5, rel=0.03)
    clean = regression(9, w, noise=0.0, generator=generator(0))
    torch.testing.assert_close(clean.y, clean.x @ w)


def test_errors_of_the_law(unchecked) -> None:
    with pytest.raises(ValueError, match=r"n must be an integer >= 1. Got 0."):
        regression(0, torch.ones(2))
    with pytest.raises(ValueError, match=r"noise must be >= 0. Got -1"):
        regression(2, torch.ones(2), noise=-1)
    with pytest.raises(ValueError, match=r"sd must have shape \(2,\). Got \(3,\)."):
        regression(2, torch.ones(2), sd=torch.ones(3))
