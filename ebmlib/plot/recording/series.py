"""Which parts of a drawing follow a setting, and where their numbers are found."""

from collections.abc import Mapping
from typing import Any, TypeAlias

import numpy as np
import torch
from matplotlib.figure import Figure
from torch import Tensor

from ebmlib.plot.canvas.record import Array, Series, of
from ebmlib.plot.recording.program import Value
from ebmlib.plot.recording.tracer import Tracer

PENS = {"line", "points", "arrows", "raster"}
Column: TypeAlias = "dict[str, int] | list[float]"
"""{out, first, step, count}: entries of an output; or the numbers themselves, if they stay."""


class Arrays:
    """A listener of `record.array`: it knows of which tensor an array is a view."""

    def __init__(self, tracer: Tracer) -> None:
        self.tracer = tracer
        self._known: list[tuple[Array, Value]] = []

    def __call__(self, tensor: Tensor, made: Array) -> None:
        """Remember the array of a tensor that moves."""
        value = self.tracer.value(tensor)
        if value is not None and made.size:
            self._known.append((made, value))

    def find(self, view: Array) -> tuple[Value, int, int] | None:
        """The tensor that a column shows, the place of its first entry, and the step."""
        if not view.size:
            return None
        address = _address(view)
        for made, value in self._known:
            start = _address(made)
            if start <= address < start + made.nbytes:
                step = view.strides[-1] // made.itemsize if view.ndim else 1
                return value, (address - start) // made.itemsize, step
        return None


def _address(array: Array) -> int:
    return int(array.__array_interface__["data"][0])


class Wanted:
    """The outputs of the recorded function, each once, in the order in which they are asked for."""

    def __init__(self) -> None:
        self.values: list[Value] = []

    def place(self, value: Value) -> int:
        """The number of an output; it is asked for if it was not."""
        if value not in self.values:
            self.values.append(value)
        return self.values.index(value)


def moving(fig: Figure, sheet: int, arrays: Arrays, wanted: Wanted) -> list[dict[str, Any]]:
    """The series of one sheet that follow a setting, as the page's pens need them.

    Raises:
        ValueError: for a kind of drawing that no pen can move yet.
    """
    book, found = of(fig), []
    for one in book.series:
        how = book.redrawn.get(one.element, {})
        scores = arrays.find(how["scores"]) if "scores" in how else None
        places = {head: arrays.find(column) for head, column in one.columns.items()}
        if scores is None and not any(places.values()):
            continue
        kind = one.kind.split(":")[0]
        if kind not in PENS:
            raise ValueError(
                f"{one.name!r} is drawn as {kind}, which live figures cannot move yet: they move "
                f"{', '.join(sorted(PENS))}."
            )
        made = _pen(fig, one, places, wanted) | {"sheet": sheet}
        if kind == "raster":
            made["columns"] = made["columns"][2:]
            made |= {
                key: how[key]
                for key in ("low", "high", "thickest", "thickness", "classes")
                if key in how
            }
        if scores is not None:
            made["scores"] = [wanted.place(scores[0]), *how["scores"].shape]
        found.append(made)
    return found


def _pen(
    fig: Figure, one: Series, places: Mapping[str, tuple[Value, int, int] | None], wanted: Wanted
) -> dict[str, Any]:
    ax = fig.axes[one.panel]
    columns: list[Column] = []
    for head, column in one.columns.items():
        place = places[head]
        if place is None:
            columns.append([float(f"{value:.6g}") for value in column])
        else:
            value, first, step = place
            count = len(column)
            columns.append(
                {"out": wanted.place(value), "first": first, "step": step, "count": count}
            )
    sizes = {line.get_gid(): getattr(line, "size", 0.0) for line in ax.lines}
    return {
        "element": one.element,
        "kind": one.kind,
        "columns": columns,
        "scales": [ax.get_xscale(), ax.get_yscale()],
        "size": sizes.get(one.element, 0.0),
    }


def entries(column: Column, outputs: list[Tensor]) -> Tensor:
    """A column's numbers, from the outputs of the recorded function."""
    if isinstance(column, list):
        return torch.tensor(column, dtype=torch.float64)
    flat = outputs[column["out"]].detach().double().reshape(-1)
    places = column["first"] + column["step"] * np.arange(column["count"])
    return flat[torch.from_numpy(places)]
