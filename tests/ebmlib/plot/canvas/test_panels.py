"""Where panels stand, and what one borrows from its neighbour."""

import numpy as np
import pytest
import torch

from ebmlib.plot.curves import curve
from ebmlib.plot.fields import surface
from ebmlib.plot.figure import figure
from ebmlib.plot.frame import frame
from ebmlib.plot.show import MIME, bundle

X = torch.linspace(-1, 1, 5)


def shown(share: bool, names: bool = True, **more: float) -> tuple[str, dict]:  # type: ignore[type-arg]
    """Four panels whose outer ones alone name their axes."""
    fig, axes = figure(columns=2, rows=2, share=share)
    for ax in axes.flat:
        curve(ax, X, X)
        x = "$y_1$" if names and ax in axes[1] else ""
        frame(ax, x, "$y_2$" if names and ax in axes[:, 0] else "", xlim=(-1, 1), ylim=(-1, 1))
    if more:
        axes[0, 1].set(**more)
    made = bundle(fig, "four", "Four lines.")
    return made["image/svg+xml"], made[MIME]["panels"]


def test_a_panel_borrows_the_numbers_that_it_shares() -> None:
    drawing, panels = shown(share=True)
    one, two, three, four = panels["each"]
    assert panels["columns"] == 2
    loans = [[element for element, *_ in each["borrows"]] for each in (one, two, three, four)]
    assert loans == [["axis.2.x"], ["axis.3.x", "axis.0.y"], [], ["axis.2.y"]]
    assert all(f'id="{element}"' in drawing for each in loans for element in each)
    (_, right, down) = two["borrows"][1]
    assert right == pytest.approx(two["frame"][0] - one["frame"][0], abs=0.11)
    assert down == 0.0
    (_, right, down) = one["borrows"][0]
    assert right == 0.0
    assert down == pytest.approx(one["frame"][3] - three["frame"][3], abs=0.11)


def test_a_box_holds_what_was_borrowed() -> None:
    _, panels = shown(share=True)
    margins = [np.abs(np.subtract(each["frame"], each["box"]))[[0, 3]] for each in panels["each"]]
    assert np.ptp(margins, axis=0) == pytest.approx(0.0, abs=0.2)
    assert min(margins[0]) > 10  # a number and a name


def test_panels_with_numbers_of_their_own_borrow_the_name_alone() -> None:
    drawing, panels = shown(share=False)
    assert [element for element, *_ in panels["each"][1]["borrows"]] == [
        "axis.3.x.name", "axis.0.y.name"
    ]  # fmt: skip
    assert 'id="axis.0.y.name"' in drawing


def test_what_differs_is_not_borrowed() -> None:
    assert all(not each["borrows"] for each in shown(share=False, names=False)[1]["each"])
    other = shown(share=False, xlim=(-2, 1))[1]["each"][1]
    assert [element for element, *_ in other["borrows"]] == ["axis.0.y.name"]
    logs = shown(share=False, xlim=(1, 2), xscale="log")[1]["each"][1]
    assert [element for element, *_ in logs["borrows"]] == ["axis.0.y.name"]


def test_one_panel_is_no_grid() -> None:
    fig, ax = figure()
    curve(ax, X, X)
    assert bundle(fig, "one", "A line.")[MIME]["panels"] == {}


def test_a_cell_that_is_not_used_is_empty() -> None:
    fig, axes = figure(columns=2)
    curve(axes[0], X, X)
    axes[1].set_axis_off()
    panels = bundle(fig, "one", "A line.")[MIME]["panels"]
    assert [each["empty"] for each in panels["each"]] == [False, True]


def test_panels_in_space_borrow_nothing() -> None:
    fig, axes = figure(columns=2, projection="3d")
    for ax in axes:
        surface(ax, X, X, X[:, None] * X)
    panels = bundle(fig, "space", "Two lines.")[MIME]["panels"]
    assert [each["borrows"] for each in panels["each"]] == [[], []]
