"""What travels as a test, and that a drawing which follows something else is told from ours."""

import pytest
import torch
from torch import Tensor

from ebmlib.plot.curves import curve
from ebmlib.plot.figure import figure
from ebmlib.plot.recording.program import Value
from ebmlib.plot.recording.proof import SHOWN, Claim, sample
from ebmlib.plot.recording.tracer import Tracer

X = torch.linspace(-1, 1, 5, dtype=torch.float64)


def _draw(slope: float):
    def draw(settings: dict[str, Tensor]):
        fig, ax = figure()
        curve(ax, X, X * settings["b"] * slope, name="f")
        ax.set(xlim=(-1, 1), ylim=(-3, 3))
        return [fig], {}

    return draw


def _claim(slope: float) -> Claim:
    b = torch.tensor(1.5, dtype=torch.float64)
    tracer = Tracer({"b": b})
    with tracer:
        y = X * b
    value = tracer.value(y)
    assert isinstance(value, Value)
    column = {"out": 0, "first": 0, "step": 1, "count": 5}
    series = [{"element": "f", "sheet": 0, "columns": [X.tolist(), column]}]
    start = _draw(slope)({"b": b})
    return Claim(_draw(slope), tracer.program, [value], series, {}, start)


def test_a_drawing_that_the_program_gives_is_proven() -> None:
    settings = {"b": torch.tensor(2.0, dtype=torch.float64)}
    assert _claim(1.0).prove(settings) == {
        "settings": {"b": [2.0]},
        "outputs": [(2 * X).tolist()],
    }


@pytest.mark.parametrize("slope", [-1.0, 1 + 1e-7])
def test_a_drawing_that_differs_a_little_is_not(slope: float) -> None:
    with pytest.raises(ValueError, match="'f' depends on a setting by something else than torch"):
        _claim(slope).prove({"b": torch.tensor(2.0, dtype=torch.float64)})


def test_a_sample_is_short_and_holds_the_ends() -> None:
    many = torch.arange(1000.0)
    found = sample(many)
    assert len(found) == SHOWN
    assert (found[0], found[-1]) == (0.0, 999.0)
    assert found == sorted(found)
    assert sample(many[:10]) == many[:10].tolist()
