"""Nets of lines."""

import numpy as np
import pytest
import torch

from ebmlib.plot.figure import figure
from ebmlib.plot.grids import grid, lattice

SIDE = torch.linspace(-1, 1, 11, dtype=torch.float64)


Y, X = torch.meshgrid(SIDE, SIDE, indexing="ij")


def test_grid_draws_rows_and_columns(unchecked: None) -> None:
    _, ax = figure()
    net = torch.stack((X, Y), -1)
    assert np.isnan(grid(ax, net).get_xdata()).sum() == 22
    assert np.isnan(grid(ax, net, along="rows").get_xdata()).sum() == 11
    with pytest.raises(ValueError, match=r"\(rows, columns, 2\)\. Got \(11, 11\)"):
        grid(ax, X)
    with pytest.raises(ValueError, match="along must be rows, columns or both"):
        grid(ax, net, along="diagonals")


def test_lattice_covers_the_square() -> None:
    across, upward = lattice(-1, 1, 5, 9)
    assert across.shape == upward.shape == (5, 9, 2)
    assert (np.ptp(across[0], axis=0) == (2, 0)).all()
    assert (np.ptp(upward[0], axis=0) == (0, 2)).all()
