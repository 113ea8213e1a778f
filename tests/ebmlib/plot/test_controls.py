"""What a reader may move: ranges, random settings, and noise that the browser makes alike."""

import pytest
import torch

from ebmlib.plot.controls import Cells, Control, Noise, Point, Points, Slider, Switch, normals
from ebmlib.plot.recording.script import Script
from ebmlib.plot.recording.tracer import Tracer
from tests.ebmlib.plot.recording.javascript import Javascript

LOW, HIGH = (-1.0, 0.0), (1.0, 3.0)
CONTROLS: list[Control] = [
    Slider(2.0, 1.0, 5.0),
    Slider(2.0, 0.1, 100.0, log=True),
    Slider(2.0, -1.0, 8.0, step=0.5),
    Point((0.0, 1.0), LOW, HIGH),
    Points(((0.0, 1.0), (1.0, 2.0)), LOW, HIGH),
    Switch(True),
    Cells((True, False, True), ((0.0, 0.0), (1.0, 0.0), (2.0, 0.0))),
    Noise(3),
]


@pytest.mark.parametrize("control", CONTROLS, ids=lambda one: one.kind)
def test_random_settings_are_in_range_and_of_the_starts_kind(control: Control) -> None:
    generator = torch.Generator().manual_seed(0)
    start, found = control.tensor(), [control.any(generator) for _ in range(50)]
    assert all(one.shape == start.shape and one.dtype == start.dtype for one in found)
    assert len({tuple(one.reshape(-1).tolist()) for one in found}) > 1
    low = torch.tensor(getattr(control, "low", 0)).to(start.dtype)
    high = torch.tensor(getattr(control, "high", 9999)).to(start.dtype)
    assert all(bool((one >= low).all()) and bool((one <= high).all()) for one in found)


def test_a_slider_with_a_step_stands_on_it() -> None:
    generator = torch.Generator().manual_seed(0)
    found = [float(Slider(2.0, -1.0, 8.0, step=0.5).any(generator)) for _ in range(20)]
    assert all((one * 2) % 1 == 0 for one in found)


@pytest.mark.parametrize(
    "how", [(0.0, 1.0, 2.0, False), (1.0, -1.0, 2.0, True), (1.0, 1.0, 1.0, False)]
)
def test_a_slider_outside_its_range_is_refused(how: tuple[float, float, float, bool]) -> None:
    start, low, high, log = how
    with pytest.raises(ValueError, match="low <= start <= high"):
        Slider(start, low, high, log=log)


def test_a_point_outside_its_rectangle_is_refused() -> None:
    for start, low, high in [((0.0, 4.0), LOW, HIGH), ((0.0, 0.0), (0.0, 0.0), (0.0, 0.0))]:
        with pytest.raises(ValueError, match="low <= start <= high on both axes"):
            Point(start, low, high)
    with pytest.raises(ValueError, match="low <= start <= high on both axes"):
        Points(((0.0, 1.0), (0.0, -1.0)), LOW, HIGH)
    assert Point((0.0, 1.0), (-1.0, 1.0), (1.0, 1.0)).tensor().tolist() == [0, 1]


def test_cells_without_a_place_are_refused() -> None:
    with pytest.raises(ValueError, match="Got 2 and 1"):
        Cells((True, False), ((0.0, 0.0),))


def test_normals_are_normal_and_each_draw_is_another() -> None:
    many = normals(torch.tensor(1), 200, 100)
    assert many.shape == (200, 100)
    assert abs(float(many.mean())) < 0.03
    assert abs(float(many.std()) - 1) < 0.03
    assert abs(float((many[1:] * many[:-1]).mean())) < 0.03
    assert abs(float((many**4).mean()) - 3) < 0.15
    other = normals(torch.tensor(2), 200, 100)
    assert abs(float((many * other).mean())) < 0.03


def test_normals_are_the_same_in_the_browser() -> None:
    seed = torch.tensor(5, dtype=torch.int32)
    tracer = Tracer({"seed": seed})
    with tracer:
        out = normals(seed, 40)
    value = tracer.value(out)
    assert value is not None
    text = Script(tracer.program, [value]).text()
    engine = Javascript()
    for number in (0, 5, 9999):
        (found,) = engine.run(text, [[torch.tensor(number)]])
        torch.testing.assert_close(found[0], normals(torch.tensor(number), 40), rtol=1e-12, atol=0)
    engine.close()
