"""Around the data: the axes with their names, limits and ticks, and guides."""

from collections.abc import Sequence
from typing import Any

from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator, NullLocator

from ebmlib.plot.canvas.palette import colour as hex_of
from ebmlib.plot.canvas.record import decorate
from ebmlib.plot.canvas.style import style
from ebmlib.plot.canvas.symbols import written


def frame(
    ax: Axes,
    x: str = "",
    y: str = "",
    z: str = "",
    *,
    title: str = "",
    xlim: tuple[float, float] | None = None,
    ylim: tuple[float, float] | None = None,
    xscale: str = "linear",
    yscale: str = "linear",
    equal: bool = False,
    xticks: Sequence[float] | None = None,
    yticks: Sequence[float] | None = None,
    ticks: int = 5,
    grid: bool = False,
) -> None:
    r"""Name the axes, and set their limits, scales and ticks.

    Names and title may hold the stylesheet's macros: `$\sy_1$` is as blue as in the text.

    `equal` gives both axes one scale; `ticks` is how many there are at most on a linear axis;
    `xticks` and `yticks` set them one by one (an empty list leaves none).
    """
    with style():
        ax.set(xscale=xscale, yscale=yscale)
        for name, words in (("xlabel", x), ("ylabel", y), ("title", title), ("zlabel", z)):
            if words or name in ("xlabel", "ylabel"):
                text, colour = written(words)
                getattr(ax, f"set_{name}")(text, color=hex_of(colour))
        if z:
            ax.zaxis.set_major_locator(_locator(ticks))  # type: ignore[attr-defined]
        for axis, scale, given in ((ax.xaxis, xscale, xticks), (ax.yaxis, yscale, yticks)):
            if given is not None:
                axis.set_ticks(given)
                axis.set_minor_locator(NullLocator())
            elif scale == "linear":
                axis.set_major_locator(_locator(ticks))
        if xlim is not None:
            ax.set_xlim(*xlim)
        if ylim is not None:
            ax.set_ylim(*ylim)
        if equal:
            fixed = not (ax.get_autoscalex_on() and ax.get_autoscaley_on())
            ax.set_aspect("equal", adjustable="box" if fixed else "datalim")
        if grid:
            ax.grid(True)


def _locator(ticks: int) -> MaxNLocator:
    return MaxNLocator(ticks, steps=[1, 2, 2.5, 5, 10], min_n_ticks=2)


def guide(
    ax: Axes,
    x: float | None = None,
    y: float | None = None,
    colour: str = "ink",
    *,
    dashed: bool = True,
    width: float = 0.8,
) -> None:
    """A thin straight line across the axes at x, at y, or both; it carries no data."""
    line: Any = {
        "color": hex_of(colour),
        "lw": width,
        "ls": (0, (4, 3)) if dashed else "-",
        "zorder": 1,
    }
    with style():
        if x is not None:
            decorate(ax, ax.axvline(x, **line))
        if y is not None:
            decorate(ax, ax.axhline(y, **line))
