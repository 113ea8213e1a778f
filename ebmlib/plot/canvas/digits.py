"""How many digits a figure's table keeps: those that its drawing shows, or as many as asked for.

A place is rounded to a power of ten that goes at least STEPS times into its axis. It is off by at
most 1/40 000 of the axis: on the widest, 6.6 inches, 0.012 pt, and a fiftieth of a pixel on paper
and screen is 0.015 pt. On a logarithmic axis the same holds of the logarithm. An arrow's extent
is a length on its axis. Any other value has both that many steps of its column's range, and
SIGNIFICANT digits, since a tint or a level line may show a small part of the range.
"""

import math

import numpy as np
from matplotlib.axes import Axes

from ebmlib.plot.canvas.record import Array, Series

STEPS = 20_000
SIGNIFICANT = 5
_AXES = {"x": "x", "y": "y", "z": "z", "x1": "x", "y1": "y"}
_EXTENTS = {"u": "x", "v": "y"}


def written(series: Series, ax: Axes, digits: int | None = None) -> dict[str, list[str]]:
    """The series' columns as texts: each number with the digits of its role in the panel.

    `digits` asks for that many significant digits everywhere.
    """
    return {
        head: _significant(column, digits) if digits else _shown(head, column, series.kind, ax)
        for head, column in series.columns.items()
    }


def _shown(head: str, column: Array, kind: str, ax: Axes) -> list[str]:
    head = head.partition("/")[0]  # its unit
    form, _, scale = kind.partition(":")
    if head in _AXES:
        low, high = sorted(getattr(ax, f"get_{_AXES[head]}lim")())
        if getattr(ax, f"get_{_AXES[head]}scale")() == "log":
            return _significant(column, significant(math.log10(high / low)))
        return _fixed(column, decimals(high - low))
    if form == "arrows" and head in _EXTENTS:
        low, high = sorted(getattr(ax, f"get_{_EXTENTS[head]}lim")())
        return _fixed(column, decimals((high - low) / float(scale)))
    return _values(column)


def decimals(span: float) -> int:
    """Places after the point of a step that goes at least STEPS times into the span."""
    return max(0, math.ceil(math.log10(STEPS / span) - 1e-9))


def significant(decades: float) -> int:
    """Digits whose last one moves a logarithm by at most 1/STEPS of so many decades."""
    return math.ceil(1 + math.log10(STEPS / (math.log(10) * decades)))


def _values(column: Array) -> list[str]:
    """Numbers that are no places; what is counted stays whole."""
    finite = column[np.isfinite(column)]
    if (finite == finite.round()).all():
        return _fixed(column, 0)
    span = float(np.ptp(finite))
    if span == 0:
        return _significant(column, SIGNIFICANT)
    places = decimals(span)
    least = 10.0 ** (SIGNIFICANT - 1 - places)  # from here on the steps are the finer ones
    pairs = zip(_fixed(column, places), _significant(column, SIGNIFICANT), column, strict=True)
    return [fixed if abs(value) >= least else short for fixed, short, value in pairs]


def _fixed(column: Array, places: int) -> list[str]:
    texts = [f"{value:z.{places}f}" for value in column]
    return [text.rstrip("0").rstrip(".") if "." in text else text for text in texts]


def _significant(column: Array, digits: int) -> list[str]:
    return [f"{value:z.{digits}g}" for value in column]
