"""Bars and the cells of a matrix."""

import pytest
import torch
from matplotlib.colors import to_hex

from ebmlib.plot.bars import bars, matrix
from ebmlib.plot.canvas.palette import colour
from ebmlib.plot.figure import figure


def test_bars_and_matrix(unchecked: None) -> None:
    _, (left, right) = figure(columns=2)
    assert len(bars(left, torch.rand(4)).get_paths()) == 4
    drawn = matrix(right, torch.tensor([[1.0, -2.0], [0.5, 0.0]]), colour="blue")
    faces = drawn.get_facecolor()
    assert [to_hex(face) for face in faces] == [
        colour(c) for c in ("blue", "orange", "blue", "blue")
    ]
    assert faces[:, 3] == pytest.approx([0.275, 0.55, 0.1375, 0])
    assert [text.get_text() for text in right.texts] == ["$1$", "$−2$", "$0.5$", "$0$"]
    with pytest.raises(ValueError, match="A must have shape"):
        matrix(right, torch.zeros(3))
    with pytest.raises(ValueError, match="x and heights must be vectors"):
        bars(left, torch.zeros(3), x=torch.zeros(2))
