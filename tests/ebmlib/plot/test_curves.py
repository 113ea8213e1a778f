"""Curves, paths, losses and segments, by the lines that they make."""

import numpy as np
import pytest
import torch

from ebmlib.plot.curves import curve, segments, trace, training
from ebmlib.plot.figure import figure

SIDE = torch.linspace(-1, 1, 11, dtype=torch.float64)


def test_curve_and_its_words(unchecked: None) -> None:
    _, ax = figure()
    line = curve(ax, SIDE, SIDE**2, colour="red", line="dashed", text="here")
    assert list(ax.lines) == [line]
    assert line.is_dashed()
    assert [text.get_text() for text in ax.texts] == ["here"]
    with pytest.raises(ValueError, match=r"one length\. Got \(11,\) and \(10,\)"):
        curve(ax, SIDE, SIDE[1:])
    with pytest.raises(ValueError, match="line must be one of solid, dashed"):
        curve(ax, SIDE, SIDE, line="wavy")


def test_trace_closes(unchecked: None) -> None:
    _, ax = figure()
    line = trace(ax, torch.rand(5, 2), closed=True)
    xy = line.get_xydata()
    assert len(xy) == 6
    assert (xy[0] == xy[-1]).all()
    with pytest.raises(ValueError, match=r"\(points, 2\)\. Got \(5, 3\)"):
        trace(ax, torch.rand(5, 3))


def test_training_names_each_loss() -> None:
    _, ax = figure()
    lines = training(ax, {"train": SIDE + 2, "test": SIDE + 3}, every=10)
    assert ax.get_yscale() == "log"
    assert [text.get_text() for text in ax.texts] == ["train", "test"]
    assert len({line.get_linestyle() for line in lines}) == 2
    assert lines[0].get_xdata()[-1] == 100


def test_segments_join(unchecked: None) -> None:
    _, ax = figure()
    line = segments(ax, torch.zeros(3, 2), torch.ones(3, 2))
    assert np.isnan(line.get_ydata()).sum() == 3
    with pytest.raises(ValueError, match="start and end must have shape"):
        segments(ax, torch.zeros(3, 2), torch.ones(2, 2))
