"""Columns of a drawing are found again in the tensors that they show."""

import pytest
import torch
from torch import Tensor

from ebmlib.plot.canvas.record import array, listeners, of
from ebmlib.plot.curves import curve, segments
from ebmlib.plot.figure import figure
from ebmlib.plot.points import points
from ebmlib.plot.recording.series import Arrays, Wanted, entries, moving
from ebmlib.plot.recording.tracer import Tracer

X = torch.linspace(-1, 1, 6, dtype=torch.float64)


def _traced(draw, b: Tensor) -> tuple[list[dict], Wanted, Tracer]:
    tracer, wanted = Tracer({"b": b}), Wanted()
    arrays = Arrays(tracer)
    fig, ax = figure()
    listeners.append(arrays)
    with tracer:
        draw(ax, b)
    listeners.remove(arrays)
    return moving(fig, 3, arrays, wanted), wanted, tracer


def test_columns_are_entries_of_outputs_or_numbers() -> None:
    def draw(ax, b: Tensor) -> None:
        points(ax, torch.stack((X * b, X + b), 1), name="y", size=3.0)
        curve(ax, X, X**2, name="still")
        curve(ax, X, (X * b)[::2].repeat_interleave(2), name="f")

    b = torch.tensor(2.0, dtype=torch.float64)
    found, wanted, tracer = _traced(draw, b)
    assert [one["element"] for one in found] == ["y", "f"]
    both = found[0]
    assert both["columns"] == [
        {"out": 0, "first": 0, "step": 2, "count": 6},
        {"out": 0, "first": 1, "step": 2, "count": 6},
    ]
    assert (both["size"], both["sheet"], both["kind"]) == (3.0, 3, "points:dot")
    outputs = tracer.program.replay({"b": b * 2}, wanted.values)
    torch.testing.assert_close(entries(both["columns"][1], outputs), X + 2 * b)
    assert isinstance(found[1]["columns"][0], list)


def test_an_array_that_is_no_view_of_ours_is_not_found() -> None:
    b = torch.tensor(2.0, dtype=torch.float64)
    tracer = Tracer({"b": b})
    arrays = Arrays(tracer)
    with tracer:
        y = X * b
    arrays(y, y.numpy())
    assert arrays.find(y.numpy()[1::2]) is not None
    assert arrays.find(y.numpy() + 1) is None
    assert arrays.find(array([])) is None


def test_a_kind_without_a_pen_is_refused() -> None:
    def draw(ax, b: Tensor) -> None:
        both = torch.stack((X, X * b), 1)
        segments(ax, both, both + 1, name="gap")

    with pytest.raises(ValueError, match="'gap' is drawn as segments, which live figures cannot"):
        _traced(draw, torch.tensor(2.0, dtype=torch.float64))


def test_the_redrawing_of_a_tint_is_noted() -> None:
    from ebmlib.plot.fields import field

    fig, ax = figure()
    field(ax, X, X, X[:, None] * X, low=-1.0, high=2.0, contours=0, labels=False, name="F")
    assert of(fig).redrawn["F"] == {"low": -1.0, "high": 2.0, "thickest": 0.7}
