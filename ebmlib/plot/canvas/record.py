"""What the drawing functions put into a figure: its data, and which function drew them."""

import inspect
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from weakref import WeakKeyDictionary, WeakSet

import numpy as np
import numpy.typing as npt
import torch
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.figure import Figure

Array = npt.NDArray[np.float64]
_NAME = re.compile(r"[A-Za-z][\w+.'-]*")


@dataclass(frozen=True)
class Series:
    """One thing drawn: its columns of numbers and the element of the SVG that shows them."""

    name: str
    element: str  # the id in the SVG
    panel: int
    kind: str
    columns: dict[str, Array]


@dataclass
class Notebook:
    """All that is known of one figure until it is shown."""

    series: list[Series] = field(default_factory=list)
    functions: list[tuple[str, str]] = field(default_factory=list)
    rasters: dict[str, dict[str, Any]] = field(default_factory=dict)
    mixes: dict[str, tuple[str, float]] = field(default_factory=dict)
    redrawn: dict[str, dict[str, Any]] = field(default_factory=dict)  # how a live figure tints
    stack: str = "rows"  # how panels follow each other where they stand in one column
    settled: WeakSet[Artist] = field(default_factory=WeakSet)
    frame: int | None = None  # of a film, while it is being drawn


listeners: list[Callable[[torch.Tensor, Array], None]] = []
"""Who is told which array holds which tensor: a live figure, while it is recorded."""

_figures: "WeakKeyDictionary[Figure, Notebook]" = WeakKeyDictionary()


def of(figure: Figure) -> Notebook:
    """The notebook of a figure."""
    return _figures.setdefault(figure, Notebook())


def array(values: Any) -> Array:
    """A float64 array of a tensor on any device, an array, or a list of numbers."""
    if isinstance(values, torch.Tensor):
        held = values.detach().cpu().double().contiguous()
        values = held.numpy()
        for told in listeners:
            told(held, values)
    return np.asarray(values, dtype=np.float64)


def root(ax: Axes) -> Figure:
    """The whole figure that these axes belong to."""
    figure = ax.get_figure(root=True)
    if figure is None:
        raise ValueError("ax must belong to a figure.")
    return figure


def record(
    ax: Axes,
    artist: Artist,
    name: str,
    columns: Mapping[str, Any],
    kind: str = "line",
    units: Sequence[str | None] | None = None,
) -> str:
    """Write down what `artist` shows; the figure's tables get the columns `name.column`.

    A name that the figure already has is counted on: y, y-2, y-3.

    Raises:
        ValueError: for a name with a blank in it.
    """
    if not _NAME.fullmatch(name):
        raise ValueError(f"name must be one word of letters, digits, - and _. Got {name!r}.")
    figure = root(ax)
    book = of(figure)
    taken = {series.name for series in book.series}
    ending = "" if book.frame is None else f"@{book.frame}"
    unique, count = f"{name}{ending}", 1
    while unique in taken:
        count += 1
        unique = f"{name}-{count}{ending}"
    heads = [
        head if not unit else f"{head}/{unit}"
        for head, unit in zip(columns, units or [None] * len(columns), strict=True)
    ]
    element = unique if book.frame is None else f"frame{book.frame}.{unique.split('@')[0]}"
    artist.set_gid(element)
    book.settled.add(artist)
    book.series.append(
        Series(
            unique,
            element,
            figure.axes.index(ax),
            kind,
            {k: array(v).reshape(-1) for k, v in zip(heads, columns.values(), strict=True)},
        )
    )
    _note_function(book)
    return unique


def decorate(ax: Axes, *artists: Artist) -> None:
    """Say that these artists carry no data of their own: guides, halos, borders."""
    of(root(ax)).settled.update(artists)


def _note_function(book: Notebook) -> None:
    """Remember the outermost function of ebmlib that is drawing right now."""
    found = None
    frame = inspect.currentframe()
    while frame is not None:
        module = frame.f_globals.get("__name__", "")
        if module.startswith("ebmlib.") and module != __name__ and module != "ebmlib.plot.film":
            found = (module, frame.f_code.co_qualname)
        frame = frame.f_back
    if found is not None and found not in book.functions:
        book.functions.append(found)
