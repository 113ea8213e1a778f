"""Words beside a point and in a row above."""

import pytest
import torch

from ebmlib.plot.curves import curve
from ebmlib.plot.figure import figure
from ebmlib.plot.show import bundle
from ebmlib.plot.words import label, legend

SIDE = torch.linspace(-1, 1, 11, dtype=torch.float64)


def test_label_and_legend() -> None:
    fig, ax = figure()
    curve(ax, SIDE, SIDE)
    legend(ax, {"a line": ("red", "dashed"), "a point": ("blue", "ring")})
    word = label(ax, 0, 0, "word", "red", where="above")
    assert word.get_va() == "bottom"
    assert [text.get_text() for text in ax.get_legend().get_texts()] == ["a line", "a point"]
    bundle(fig, "a", "b")
    with pytest.raises(ValueError, match="where must be one of right, left"):
        label(ax, 0, 0, "word", where="there")
    with pytest.raises(ValueError, match=r"a legend has shapes and lines\. Got 'star'"):
        legend(ax, {"a": ("red", "star")})
