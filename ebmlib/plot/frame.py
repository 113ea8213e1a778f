"""Around the data: axes and their labels, words beside a curve, guides."""

from collections.abc import Mapping, Sequence
from typing import Any

from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patheffects import withStroke
from matplotlib.text import Text
from matplotlib.ticker import MaxNLocator, NullLocator

from ebmlib.plot.canvas.palette import colour as hex_of
from ebmlib.plot.canvas.record import decorate
from ebmlib.plot.canvas.style import style


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
    """Name the axes, and set their limits, scales and ticks.

    ``equal`` gives both axes one scale; ``ticks`` is how many there are at most on a linear axis;
    ``xticks`` and ``yticks`` set them one by one (an empty list leaves none).
    """
    with style():
        ax.set(xlabel=x, ylabel=y, xscale=xscale, yscale=yscale)
        if title:
            ax.set_title(title)
        if z:
            ax.set(zlabel=z)
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


def label(
    ax: Axes,
    x: float,
    y: float,
    text: str,
    colour: str = "ink",
    *,
    where: str = "right",
    offset: float = 4.0,
    halo: bool = True,
) -> Text:
    """Words beside the point (x, y), in the colour of what they name.

    ``where`` is right, left, above, below or centre; ``offset`` is the distance in points. The
    halo in the page's colour keeps the words legible over lines.

    Raises: ValueError for another ``where`` or a colour that the stylesheet does not define.
    """
    places = {
        "right": ((1, 0), "left", "center"),
        "left": ((-1, 0), "right", "center"),
        "above": ((0, 1), "center", "bottom"),
        "below": ((0, -1), "center", "top"),
        "centre": ((0, 0), "center", "center"),
    }
    if where not in places:
        raise ValueError(f"where must be one of {', '.join(places)}. Got {where!r}.")
    (right, up), horizontal, vertical = places[where]
    with style():
        return ax.annotate(
            text,
            (x, y),
            (right * offset, up * offset),
            textcoords="offset points",
            color=hex_of(colour),
            ha=horizontal,
            va=vertical,
            annotation_clip=False,
            path_effects=[withStroke(linewidth=2.5, foreground=hex_of("ground"))] if halo else [],
            zorder=6,
        )


def legend(ax: Axes, entries: Mapping[str, tuple[str, str]], columns: int = 0) -> None:
    """Name what is drawn in one row above the axes, where no data are.

    ``entries`` maps a text to its colour and its shape or line: ``{"sink": ("green", "dot")}``.

    Raises: ValueError for a shape, line or colour that is not known.
    """
    from ebmlib.plot.curves import LINES

    marks = {"dot": "o", "square": "s", "triangle": "^", "cross": "x", "diamond": "D", "plus": "+"}
    handles = []
    for text, (colour, kind) in entries.items():
        how: Any = {"color": hex_of(colour), "label": text}
        if kind in LINES:
            how |= {"ls": LINES[kind]}
        elif kind in marks or kind == "ring":
            face = "none" if kind == "ring" else hex_of(colour)
            how |= {"ls": "", "marker": marks.get(kind, "o"), "markerfacecolor": face, "ms": 5}
        else:
            raise ValueError(f"a legend has shapes and lines. Got {kind!r}.")
        handles.append(Line2D([], [], **how))
    with style():
        ax.legend(
            handles=handles,
            loc="lower center",
            bbox_to_anchor=(0.5, 1.0),
            ncols=columns or len(handles),
            frameon=False,
            handlelength=1.8,
            columnspacing=1.2,
            borderaxespad=0.2,
        )


def view(
    ax: Axes, elevation: float = 25.0, azimuth: float = -60.0, zoom: float | None = None
) -> None:
    """Look at 3-d axes from a direction in degrees; ``zoom`` below 1 leaves room for the labels."""
    ax.view_init(elevation, azimuth)  # type: ignore[attr-defined]
    if zoom is not None:
        ax.set_box_aspect(None, zoom=zoom)  # type: ignore[call-arg]


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
