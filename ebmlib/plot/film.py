"""Short films: where motion teaches, many frames of one drawing in one SVG that follows the theme.

All frames are drawn on the same axes, each in elements of its own; the page shows one at a time. In
print, and in a notebook, a strip of stills stands for the film.
"""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from ebmlib.plot.canvas.check import check_colours, check_recorded
from ebmlib.plot.canvas.export import pdf, svg
from ebmlib.plot.canvas.record import of
from ebmlib.plot.canvas.style import style
from ebmlib.plot.figure import figure
from ebmlib.plot.show import MIME, check_words, facts

Draw = Callable[[Axes, int], Any]


def film(
    draw: Draw,
    frames: int,
    name: str,
    alt: str = "",
    *,
    words: Sequence[str] | None = None,
    stills: int = 4,
    background: Callable[[Axes], Any] | None = None,
    aspect: float = 0.75,
    projection: str | None = None,
    seconds: float = 0.2,
    digits: int | None = None,
) -> None:
    """Display a film of `frames` frames: `draw(ax, i)` draws the i-th on axes that all share.

    `words[i]` says what the i-th frame shows ('epoch 20'); `background(ax)` draws what all
    frames share: axes, limits (give them: the axes must hold every frame), a legend, the data.
    `stills` is how many frames stand for the film in print, from the first to the last.

    The table's columns carry the frame: `y@3.x`; its `digits` as `ebmlib.plot.show.show`.

    Units: `seconds` a frame.

    Raises:
        ValueError: for fewer than two frames, words that are not one a frame, and whatever
            `ebmlib.plot.show.show` raises.
    """
    from IPython.display import display

    said = list(words) if words is not None else [f"frame {i + 1}" for i in range(frames)]
    if frames < 2 or len(said) != frames:
        raise ValueError(f"a film needs frames >= 2, words one a frame. Got {frames}, {len(said)}.")
    make = (draw, said, name, alt, background, aspect, projection)
    data = bundle(*make, stills=stills, seconds=seconds, digits=digits)
    display(data, metadata={"ebmlib": {"figure": name}}, raw=True)  # type: ignore[no-untyped-call]


def bundle(
    draw: Draw,
    words: Sequence[str],
    name: str,
    alt: str,
    background: Callable[[Axes], Any] | None,
    aspect: float,
    projection: str | None,
    *,
    stills: int,
    seconds: float,
    digits: int | None = None,
) -> dict[str, Any]:
    """The mime types of a film: a strip for notebooks and print, all frames for the page."""
    said = check_words(name, alt)
    moving, ax = figure(aspect=aspect, projection=projection)
    if background is not None:
        background(ax)
    for index in range(len(words)):
        _draw_frame(moving, ax, draw, index)
    for fig in (moving, strip := _strip(draw, words, background, aspect, projection, stills, ax)):
        check_colours(fig, name)
        check_recorded(fig, name)
    reel = svg(moving)
    moving.set_layout_engine("none")
    printed = svg(strip)
    about = facts(moving, name, said, reel + printed, digits)
    about["film"] = {"svg": reel, "words": list(words), "seconds": seconds}
    return {
        "image/svg+xml": printed,
        "application/pdf": pdf(strip, name),
        "text/plain": f"Film {name}: {said}",
        MIME: about,
    }


def _draw_frame(fig: Figure, ax: Axes, draw: Draw, index: int) -> None:
    """Draw a frame, and mark every element that it added as its own."""
    before = _artists(ax)
    of(fig).frame = index
    draw(ax, index)
    of(fig).frame = None
    for number, artist in enumerate(one for one in _artists(ax) if one not in before):
        mark = str(artist.get_gid() or "")
        if not mark.startswith(f"frame{index}."):
            artist.set_gid(f"frame{index}.{mark or number}")


def _artists(ax: Axes) -> list[Artist]:
    return [*ax.lines, *ax.collections, *ax.images, *ax.patches, *ax.texts]


def _strip(
    draw: Draw,
    words: Sequence[str],
    background: Callable[[Axes], Any] | None,
    aspect: float,
    projection: str | None,
    stills: int,
    shared: Axes,
) -> Figure:
    """Some of the frames side by side, on axes with the film's limits."""
    chosen = np.unique(np.linspace(0, len(words) - 1, max(stills, 2)).round().astype(int)).tolist()
    fig, axes = figure(columns=len(chosen), aspect=aspect, projection=projection)
    for ax, index in zip(axes, chosen, strict=True):
        if background is not None:
            background(ax)
        draw(ax, index)
        with style():
            ax.set_title(words[index])
            ax.set(xlim=shared.get_xlim(), ylim=shared.get_ylim())
            if ax is not axes[0] and projection is None:
                ax.set_ylabel("")
    return fig
