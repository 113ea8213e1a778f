"""A linear map's circle, its directions, and straight lines."""

import numpy as np
import pytest
import torch

from ebmlib.plot.figure import figure
from ebmlib.plot.scenes.linear import axes_of, straight, unit_circle
from tests.helpers.recorded import series


def test_the_unit_circle_is_even_and_open() -> None:
    circle = unit_circle(12, dtype=torch.float64)
    torch.testing.assert_close(circle.norm(dim=1), torch.ones(12, dtype=torch.float64))
    steps = (circle.roll(-1, 0) - circle).norm(dim=1)  # the last step leads back to the first
    torch.testing.assert_close(steps, steps[:1].expand(12))


def test_directions_end_where_they_say() -> None:
    fig, ax = figure()
    directions = torch.tensor([[2.0, 0.0], [0.0, 0.5]])
    axes_of(ax, unit_circle(), directions, colour="aqua", texts=("$u_1$", "$u_2$"), name="s")
    table = series(fig)
    assert set(table) == {"s", "s-axes"}
    columns = table["s-axes"].columns
    assert np.array_equal(np.stack([*columns.values()], 1)[:, 2:], directions.numpy())
    assert [text.get_text() for text in ax.texts] == ["$u_1$", "$u_2$"]
    for text, d in zip(ax.texts, directions.numpy(), strict=True):
        assert np.array_equal(text.xy, d)  # at the tip, and from there outwards
        assert np.dot(text.xyann, d) > 0


def test_a_straight_line_solves_its_equation(unchecked: None) -> None:
    fig, ax = figure()
    w = torch.tensor([3.0, -4.0, 2.0], dtype=torch.float64)
    straight(ax, w, reach=5.0)
    x, y = (column for column in series(fig)["line"].columns.values())
    assert np.abs(3 * x - 4 * y + 2).max() < 1e-12
    assert np.hypot(np.diff(x), np.diff(y)) == pytest.approx(10.0)
    with pytest.raises(ValueError, match=r"w must have a direction\. Got w_1 = w_2 = 0"):
        straight(ax, torch.tensor([0.0, 0.0, 1.0]))
