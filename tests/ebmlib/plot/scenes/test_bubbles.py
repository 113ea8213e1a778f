"""Bubbles: each rim lies one standard deviation from its centre."""

import numpy as np
import pytest
import torch

from ebmlib.plot.figure import figure
from ebmlib.plot.scenes.bubbles import bubbles


def test_rims_are_one_standard_deviation_away(unchecked: None) -> None:
    _, ax = figure()
    mu, spread = torch.tensor([[0.0, 1.0], [3.0, -1.0]]), torch.tensor([[1.0, 2.0], [0.5, 0.1]])
    x, y = bubbles(ax, mu, spread).get_data()
    rims = np.stack((x, y), 1).reshape(2, -1, 2)  # the last row of each parts the two
    far = (rims[:, :-1] - mu.numpy()[:, None]) / spread.numpy()[:, None]
    np.testing.assert_allclose(np.linalg.norm(far, axis=-1), 1.0)
    assert np.isnan(rims[:, -1]).all()
    with pytest.raises(
        ValueError, match=r"must have shape \(batch, 2\). Got \(2, 2\) and \(1, 2\)"
    ):
        bubbles(ax, mu, spread[:1])
