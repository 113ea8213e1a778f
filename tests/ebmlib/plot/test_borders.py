"""Borders between classes."""

import numpy as np
import pytest
import torch
from matplotlib.colors import to_hex

from ebmlib.plot.borders import borders
from ebmlib.plot.canvas.palette import colour
from ebmlib.plot.figure import figure
from tests.helpers.recorded import series

SIDE = torch.linspace(-1, 1, 9, dtype=torch.float64)


def test_borders_lie_where_two_scores_are_equal(unchecked: None) -> None:
    fig, ax = figure()
    x = SIDE.expand(9, 9)
    drawn = borders(ax, SIDE, SIDE, torch.stack((x, -x, x - 9)), colour="blue")
    found = series(fig)["border"].columns["x"]
    assert np.abs(found[np.isfinite(found)]).max() < 1e-12
    assert to_hex(drawn.get_color()) == colour("blue")
    with pytest.raises(ValueError, match=r"change somewhere\. Got one class only"):
        borders(ax, SIDE, SIDE, torch.stack((x + 5, x)))
    with pytest.raises(ValueError, match=r"change somewhere\. Got one class only"):
        borders(ax, SIDE, SIDE, x[None])
    with pytest.raises(ValueError, match=r"s must have shape \(classes, 9, 9\)"):
        borders(ax, SIDE, SIDE, x)
