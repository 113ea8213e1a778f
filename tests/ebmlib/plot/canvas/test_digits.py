"""A table keeps the digits that its drawing shows, or those that a page asks for."""

import math

import numpy as np
import pytest
import torch

from ebmlib.plot.arrows import arrows
from ebmlib.plot.canvas.digits import STEPS, decimals, significant
from ebmlib.plot.curves import curve
from ebmlib.plot.fields import field
from ebmlib.plot.figure import figure
from ebmlib.plot.frame import frame
from ebmlib.plot.points import points
from ebmlib.plot.show import MIME, bundle
from tests.helpers.plotted import loaded

PIXEL = 0.75  # points
WIDEST = 6.6 * 72


def noise(*shape: int) -> torch.Tensor:
    return torch.randn(*shape, dtype=torch.float64, generator=torch.Generator().manual_seed(0))


def told(fig: object, **how: int) -> dict[str, np.ndarray]:
    return loaded(bundle(fig, "a", "b", **how)[MIME])


@pytest.mark.parametrize("span", [1e-6, 0.1, 0.5, 1.0, 3.7, 9.99, 1000.0])
def test_a_step_of_the_last_digit_is_a_fiftieth_of_a_pixel_at_most(span: float) -> None:
    step = 10.0 ** -decimals(span)
    assert step * STEPS <= span * (1 + 1e-9)
    assert step * STEPS * 10 > span or step == 1  # and no digit more than that
    assert step / 2 / span * WIDEST < PIXEL / 50
    for decades in (0.1, 1.0, 4.0):
        off = math.log10(1 + 10.0 ** (1 - significant(decades)) / 2)
        assert off / decades * WIDEST < PIXEL / 50


@pytest.mark.parametrize("limits", [(-3.0, 3.0), (0.01, 0.02)])
def test_places_are_as_exact_as_their_axis_is_wide(limits: tuple[float, float]) -> None:
    fig, ax = figure()
    at = 1000 * limits[0] * noise(50, 2)  # many lie far outside
    points(ax, at, name="y")
    frame(ax, xlim=limits, ylim=limits)
    table = told(fig)
    error = np.abs(np.stack([table["y.x"], table["y.y"]], 1) - at.numpy()).max()
    assert 0 < error <= (limits[1] - limits[0]) / STEPS / 2 * (1 + 1e-9)


def test_places_on_a_logarithmic_axis() -> None:
    fig, ax = figure()
    x, y = torch.linspace(1, 2, 50).double(), 10 ** noise(50)
    curve(ax, x, y, name="y")
    frame(ax, yscale="log")
    low, high = np.log10(ax.get_ylim())
    error = np.abs(np.log10(told(fig)["y.y"]) - np.log10(y.numpy())).max()
    assert 0 < error <= (high - low) / STEPS


def test_the_tips_of_arrows_are_places() -> None:
    fig, ax = figure()
    y, v = noise(20, 2), 1000 + noise(20, 2)
    arrows(ax, y, v, scale=0.001, name="v")
    frame(ax, xlim=(-4, 4), ylim=(-4, 4))
    table = told(fig)
    error = np.abs(np.stack([table["v.u"], table["v.v"]], 1) - v.numpy()).max()
    assert 0 < 0.001 * error <= 8 / STEPS / 2 * (1 + 1e-9)


@pytest.mark.parametrize("shift", [0.0, 1e6])
def test_values_have_five_digits_and_those_of_their_range(shift: float) -> None:
    fig, ax = figure()
    side = torch.linspace(-1, 1, 7, dtype=torch.float64)
    F = shift + noise(7, 7) * torch.logspace(-8, 0, 7, dtype=torch.float64)
    field(ax, side, side, F, name="F", contours=0)
    values = F.numpy().ravel()
    error = np.abs(told(fig)["F.F"] - values)
    assert error.max() > 0
    assert (error <= np.ptp(values) / STEPS / 2 * (1 + 1e-6)).all()
    assert (error <= 0.5e-4 * np.abs(values)).all()


def test_a_page_that_compares_asks_for_more() -> None:
    fig, ax = figure()
    y = noise(30, 2)
    points(ax, y, name="y")
    few = np.abs(told(fig)["y.x"] - y[:, 0].numpy()).max()
    many = np.abs(told(fig, digits=7)["y.x"] - y[:, 0].numpy()) / np.abs(y[:, 0].numpy())
    assert few > 1e-6
    assert many.max() <= 0.5e-6
    assert bundle(fig, "a", "b", digits=7)[MIME]["digits"] == 7
    with pytest.raises(ValueError, match=r"digits must be from 1 to 17, or None. Got 0"):
        told(fig, digits=0)


def test_what_is_counted_stays_whole_and_zero_has_no_sign() -> None:
    fig, ax = figure()
    side = torch.linspace(-1, 1, 3, dtype=torch.float64)
    field(ax, side, side, torch.full((3, 3), 1234567.0).double(), name="k", contours=0)
    points(ax, torch.tensor([[-1e-9, 1.0]]), name="y")
    text = "".join(text for _, text in bundle(fig, "a", "b")[MIME]["tables"])
    assert "1234567" in text
    assert "-0 " not in text + " "
    assert "-0\n" not in text
