"""A figure's numbers as text: columns of one length share a file, and a grid is told by its axes.

A grid of n columns and m rows has n numbers in its column x, m in y and n m in each other one, the
rows one after the other. `ebmlib.tables.read` gives each node its x and y again.
"""

import re

from matplotlib.figure import Figure

from ebmlib.plot.canvas.digits import written
from ebmlib.plot.canvas.record import Series, of

_GRID = re.compile(r"(?:raster|mesh|cells):(\d+)x(\d+)")


def tables(fig: Figure, name: str, digits: int | None = None) -> list[list[str]]:
    """Name and text of each file: NAME.txt, NAME-2.txt, ... in the order of the first columns.

    A file has one header line, then one line a row, both in whitespace.

    `digits`: significant ones of every number; None keeps those that the drawing shows.

    Raises:
        ValueError: where digits is not from 1 to 17.
    """
    if digits is not None and not 1 <= digits <= 17:
        raise ValueError(f"digits must be from 1 to 17, or None. Got {digits}.")
    files: dict[int, dict[str, list[str]]] = {}
    for series in of(fig).series:
        columns = written(_by_axes(series), fig.axes[series.panel], digits)
        for head, column in columns.items():
            files.setdefault(len(column), {})[f"{series.name}.{head}"] = column
    return [
        [f"{name}.txt" if number == 1 else f"{name}-{number}.txt", _text(columns)]
        for number, columns in enumerate(files.values(), 1)
    ]


def _by_axes(series: Series) -> Series:
    """A grid's x and y once a column and once a row; what is no grid stays as it is."""
    found = _GRID.fullmatch(series.kind)
    if found is None:
        return series
    rows, columns = int(found[1]), int(found[2])
    (x, across), (y, up), *rest = series.columns.items()
    axes = {x: across[:columns], y: up[::columns][:rows]}
    return Series(series.name, series.element, series.panel, series.kind, axes | dict(rest))


def _text(columns: dict[str, list[str]]) -> str:
    rows = zip(*columns.values(), strict=True)
    return "\n".join([" ".join(columns), *(" ".join(row) for row in rows)]) + "\n"
