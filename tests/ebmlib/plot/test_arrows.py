"""Arrows and critical points, by their paths and shapes."""

import pytest
import torch

from ebmlib.plot.arrows import arrows, critical
from ebmlib.plot.figure import figure
from ebmlib.plot.show import bundle
from tests.helpers.recorded import series


def test_arrows_are_one_path(unchecked: None) -> None:
    fig, ax = figure()
    arrows(ax, torch.rand(40, 2), torch.rand(40, 2), scale=0.5, name="v")
    svg = bundle(fig, "a", "b")["image/svg+xml"]
    assert svg[svg.index('id="v"') :].split("</g>")[0].count("<path") == 1
    with pytest.raises(ValueError, match=r"y and v must have shape \(batch, 2\)"):
        arrows(ax, torch.rand(4, 2), torch.rand(3, 2))


def test_critical_points_differ_in_shape(unchecked: None) -> None:
    fig, ax = figure()
    critical(ax, torch.rand(4, 2), ["sink", "saddle", "sink", "source"])
    assert list(series(fig)) == ["critical-sink", "critical-saddle", "critical-source"]
    assert [line.shape for line in ax.lines] == ["dot", "cross", "ring"]
    with pytest.raises(ValueError, match=r"saddle, source, degenerate\. Got 'hill'"):
        critical(ax, torch.rand(1, 2), ["hill"])
    with pytest.raises(ValueError, match="kinds must hold 2 words"):
        critical(ax, torch.rand(2, 2), ["sink"])
