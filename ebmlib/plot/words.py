"""Words in a figure: beside what they name, or in a row above the axes."""

from collections.abc import Mapping
from typing import Any

from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patheffects import withStroke
from matplotlib.text import Text

from ebmlib.plot.canvas.palette import colour as hex_of
from ebmlib.plot.canvas.style import LINES, style
from ebmlib.plot.canvas.symbols import written


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
    r"""Words beside the point (x, y), in the colour of what they name.

    They may hold the stylesheet's macros; without a colour, `$\vy$` has its own.

    `where` is right, left, above, below or centre; `offset` is the distance in points. The
    halo in the page's colour keeps the words legible over lines.

    Raises:
        ValueError: for another `where` or a colour that the stylesheet does not define.
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
    text, colour = written(text, colour)
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

    `entries` maps a text to its colour and its shape or line: `{"sink": ("green", "dot")}`.

    Raises:
        ValueError: for a shape, line or colour that is not known.
    """
    marks = {"dot": "o", "square": "s", "triangle": "^", "cross": "x", "diamond": "D", "plus": "+"}
    handles = []
    for text, (colour, kind) in entries.items():
        how: Any = {"color": hex_of(colour), "label": written(text)[0]}
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
