"""Planted codes: their supports and sizes."""

import pytest
import torch

from ebmlib.data.planted import planted


def test_planted(generator, unchecked) -> None:
    W = torch.randn(16, 32, generator=generator(0), dtype=torch.float64)
    y, z, support = planted(200, W, 2, generator=generator(1))
    assert ((z != 0).sum(-1) == 2).all()
    assert support.shape == (200, 2)
    torch.testing.assert_close(y, z @ W.mT)
    size = z[z != 0].abs()
    assert 0.5 <= size.min() <= size.max() <= 1.5
    with pytest.raises(ValueError, match="at most the number of atoms, 32"):
        planted(3, W, 33)


def test_atoms_of_another_shape(unchecked) -> None:
    with pytest.raises(ValueError, match=r"W must have shape \(dim, atoms\). Got \(2,\)."):
        planted(3, torch.zeros(2))
