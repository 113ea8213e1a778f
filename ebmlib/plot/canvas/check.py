"""What a figure must fulfil before it is shown: the stylesheet's colours, and its data recorded."""

from collections.abc import Iterator

import numpy as np
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.colors import to_hex, to_rgba_array
from matplotlib.figure import Figure

from ebmlib.plot.canvas.palette import palette
from ebmlib.plot.canvas.record import of

_COLOURS = (
    "get_color",
    "get_facecolor",
    "get_edgecolor",
    "get_markerfacecolor",
    "get_markeredgecolor",
)


def check_colours(figure: Figure, name: str) -> None:
    """Every colour is the stylesheet's, except inside rasters.

    Raises:
        ValueError: naming the artist and the colour.
    """
    allowed = {*palette().values(), *of(figure).mixes}
    for artist in _visible(figure):
        for value in _hexes(artist):
            if value not in allowed:
                raise ValueError(
                    f"figure {name!r}: {_describe(artist)} has the colour {value}, which is not "
                    f"in the stylesheet: {', '.join(sorted(palette()))}."
                )


def check_recorded(figure: Figure, name: str) -> None:
    """Everything that carries data was recorded by the function that drew it.

    Raises:
        ValueError: naming the artist that was drawn without `record`.
    """
    settled = of(figure).settled
    if not of(figure).series:
        raise ValueError(f"figure {name!r} shows no recorded data: draw with ebmlib.plot.")
    for ax in figure.axes:
        for artist in (*ax.lines, *ax.collections, *ax.images, *ax.patches):
            if artist not in settled and artist.get_visible():
                raise ValueError(
                    f"figure {name!r}: {_describe(artist)} was drawn without being recorded: draw "
                    "with a function of ebmlib.plot, which calls record(...) or decorate(...)."
                )


def _visible(artist: Artist) -> Iterator[Artist]:
    if not artist.get_visible() or artist.get_rasterized():
        return
    if isinstance(artist, Axes) and not artist.axison:
        kept = [*artist.lines, *artist.collections, *artist.patches, *artist.texts, *artist.images]
    else:
        kept = artist.get_children()
    yield artist
    for child in kept:
        yield from _visible(child)


def _hexes(artist: Artist) -> set[str]:
    found: set[str] = set()
    for getter in _COLOURS:
        get = getattr(artist, getter, None)
        if get is None:
            continue
        value = get()
        if value is None or (isinstance(value, str) and value in ("none", "auto", "")):
            continue
        rgba = to_rgba_array(value)
        found.update(to_hex(row) for row in np.unique(rgba[rgba[:, 3] > 0], axis=0))
    return found


def _describe(artist: Artist) -> str:
    label = artist.get_gid() or getattr(artist, "get_label", str)() or ""
    text = getattr(artist, "get_text", str)()
    return " ".join(filter(None, (type(artist).__name__, repr(text or label or "unnamed"))))
