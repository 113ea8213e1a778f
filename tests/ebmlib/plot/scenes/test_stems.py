"""A vector as stems."""

import numpy as np
import pytest
import torch

from ebmlib.plot.figure import figure
from ebmlib.plot.scenes.stems import stems
from tests.helpers.recorded import series


def test_stems_stand_on_zero(unchecked: None) -> None:
    fig, ax = figure()
    k, y = torch.arange(4.0), torch.tensor([1.0, -2.0, 0.5, 0.0])
    stems(ax, k, y)
    table = series(fig)
    feet, heads = (np.stack([*table["y-stem"].columns.values()], 1)[:, part] for part in (1, 3))
    assert np.array_equal(feet, np.zeros(4))
    assert np.array_equal(heads, y.numpy())
    assert np.array_equal(table["y"].columns["y"], y.numpy())
    with pytest.raises(ValueError, match=r"one length\. Got \(4,\) and \(3,\)"):
        stems(ax, k, y[1:])
