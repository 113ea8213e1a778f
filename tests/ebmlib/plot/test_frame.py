"""Axes, their limits and ticks, and guides."""

import torch

from ebmlib.plot.curves import curve
from ebmlib.plot.figure import figure
from ebmlib.plot.frame import frame, guide
from ebmlib.plot.show import bundle

SIDE = torch.linspace(-1, 1, 11, dtype=torch.float64)


def test_frame_and_guides_name_and_limit_the_axes() -> None:
    fig, ax = figure()
    curve(ax, SIDE, SIDE)
    frame(ax, "$a$", "$b$", equal=True, xlim=(-1, 1), grid=True, xticks=(0, 1))
    guide(ax, x=0.0, y=0.0, colour="muted")
    assert (ax.get_xlabel(), ax.get_aspect(), list(ax.get_xticks())) == ("$a$", 1.0, [0, 1])
    bundle(fig, "a", "b")  # the guides carry no data


def test_given_ticks_stand_alone() -> None:
    fig, ax = figure()
    frame(ax, "$x$", "$y$", xlim=(-2.4, 2.4), xticks=[-1, 1])
    fig.canvas.draw()
    assert list(ax.get_xticks()) == [-1, 1]
    assert not len(ax.xaxis.get_minorticklocs())
