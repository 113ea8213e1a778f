"""Live figures: what a cell puts out, and the lies that stop it, each with its message."""

import math
import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import pytest
import torch
from torch import Tensor

from ebmlib.plot.arrows import arrows
from ebmlib.plot.bars import bars
from ebmlib.plot.controls import Control, Point, Slider
from ebmlib.plot.curves import curve, trace
from ebmlib.plot.fields import field, regions
from ebmlib.plot.frame import frame
from ebmlib.plot.live import Live, bundle
from ebmlib.plot.points import points
from ebmlib.plot.show import MIME
from ebmlib.plot.words import label
from tests.ebmlib.plot.recording.javascript import Javascript

X = torch.linspace(-1, 1, 21, dtype=torch.float64)
B = {"b": Slider(1.5, 0.2, 3.0)}


@pytest.fixture(autouse=True)
def float64() -> Iterator[None]:
    before = torch.get_default_dtype()
    torch.set_default_dtype(torch.float64)
    yield
    torch.set_default_dtype(before)


def _bundle(draw: Callable[..., Any], **how: Any) -> dict[str, Any]:
    settings: Mapping[str, Control] = how.pop("settings", B)
    found: dict[str, Any] = bundle(Live(draw, "one", settings, **how), "A line.")[MIME]
    return found


def _plain(axes: Any, b: Tensor) -> dict[str, Tensor]:
    (ax,) = axes
    curve(ax, X, X * b, name="f")
    frame(ax, "$x$", "$y$", xlim=(-1, 1), ylim=(-3, 3))
    return {"end": b * X[-1]}


def test_a_plain_figure_has_all_that_the_page_needs() -> None:
    about = _bundle(_plain, say="it ends at {end:.2f}")
    live = about["live"]
    assert live["inputs"] == ["b"]
    (one,) = live["series"]
    assert (one["element"], one["kind"], one["sheet"]) == ("f", "line", 0)
    assert one["columns"][1] == {"out": 0, "first": 0, "step": 1, "count": 21}
    assert one["columns"][0] == pytest.approx(X.tolist(), rel=1e-5)
    assert one["map"][1][1] < 0  # upwards on the paper
    assert live["said"] == {"text": "it ends at {end:.2f}", "values": {"end": 1}}
    tex = _bundle(_plain, say="$x_{n}$ ends at {end:.2f}")  # its braces are TeX's
    assert tex["live"]["said"]["values"] == {"end": 1}
    assert len(live["tests"]) == 8
    assert all(len(out) <= 64 for test in live["tests"] for out in test["outputs"])
    assert "<svg" in live["sheets"][0]["svg"]
    assert about["tables"][0][1].startswith("f.x f.y")


def test_the_page_function_gives_the_numbers_of_the_tests() -> None:
    live, engine = _bundle(_plain, say="{end:.2f}")["live"], Javascript()
    settings = [[torch.tensor(test["settings"]["b"])] for test in live["tests"]]
    found = engine.run(live["make"], settings)
    engine.close()
    for mine, test in zip(found, live["tests"], strict=True):
        for out, right in zip(mine, test["outputs"], strict=True):
            torch.testing.assert_close(out, torch.tensor(right), rtol=1e-12, atol=1e-12)


def test_every_pen_and_several_sheets() -> None:
    def draw(axes: Any, y: Tensor, b: Tensor) -> None:
        left, right = axes
        side = torch.linspace(-1, 1, 9)
        scores = torch.stack(
            (side[:, None] * y[0] + side * b, side[:, None] - side, 0 * side + side[:, None] * b)
        )
        regions(left, side, side, scores, borders=False)
        trace(left, y * torch.stack((X, X**2), 1), closed=True, name="path")
        points(left, y[None], name="y", shape="diamond")
        frame(left, "$x$", "$y$", xlim=(-1, 1), ylim=(-1, 1))
        field(
            right,
            side,
            side,
            side[:, None] * y[0] + side * b,
            low=0,
            high=2,
            contours=0,
            labels=False,
        )
        arrows(
            right, torch.stack((X, X), 1), torch.stack((X * b, X * y[1]), 1), name="v", scale=0.2
        )
        frame(right, "$x$", "$y$", xlim=(-1, 1), ylim=(-1, 1))

    low, high = (0.5, 0.5), (1.0, 1.0)
    settings = {"y": Point((0.7, 0.6), low, high), "b": Slider(1.5, 0.9, 3.0)}
    live = _bundle(draw, settings=settings, columns=2)["live"]
    kinds = [(one["kind"], one["sheet"]) for one in live["series"]]
    assert kinds == [
        ("raster:9x9", 0), ("line", 0), ("points:diamond", 0), ("raster:9x9", 1), ("arrows:0.2", 1),
    ]  # fmt: skip
    assert live["series"][0]["scores"][1:] == [3, 9, 9]
    assert live["series"][3]["high"] == 2
    assert live["settings"][0]["map"] == live["series"][1]["map"]


def test_a_figure_that_learns() -> None:
    def step(w: Tensor, b: Tensor) -> dict[str, Tensor]:
        point = w.clone().requires_grad_()
        (slope,) = torch.autograd.grad((point - b).square().sum(), point)
        return {"w": (w - 0.1 * slope).detach()}

    def draw(axes: Any, w: Tensor, b: Tensor) -> None:
        points(axes[0], torch.stack((w, b.expand(2)), 1), name="w")
        frame(axes[0], "$x$", "$y$", xlim=(-4, 4), ylim=(-4, 4))

    start = {"w": torch.tensor([1.0, -1.0])}
    live = _bundle(draw, state=start, steps={"One step": step}, say="step {step}")["live"]
    assert live["inputs"] == ["w", "b"]
    assert live["state"] == {"w": [1.0, -1.0]}
    engine = Javascript()
    (found,) = engine.run(live["steps"]["One step"], [[start["w"], torch.tensor(2.0)]])
    engine.close()
    torch.testing.assert_close(found[0], step(start["w"], torch.tensor(2.0))["w"])


def _lie(change: Callable[[Any, Tensor], Any]) -> Callable[..., Any]:
    def draw(axes: Any, b: Tensor) -> Any:
        change(axes[0], b)
        frame(axes[0], "$x$", "$y$", xlim=(-1, 1), ylim=(-3, 3))

    return draw


def _branch(ax: Any, b: Tensor) -> None:
    curve(ax, X, X * b if b > 1 else X * b * b, name="f")


def _leaves(ax: Any, b: Tensor) -> None:
    curve(ax, X, X * b + math.exp(float(b)), name="f")


def _wholly_outside(ax: Any, b: Tensor) -> None:
    curve(ax, X, X * b, name="f")
    curve(ax, X, X * float(b), name="g")


def _shape(ax: Any, b: Tensor) -> None:
    count = int(b * 3) + 2
    curve(ax, torch.linspace(0, 1, count), torch.linspace(0, 1, count) * b, name="f")


def _random(ax: Any, b: Tensor) -> None:
    curve(ax, X, X * b + torch.randn(21), name="f")


def _words(ax: Any, b: Tensor) -> None:
    curve(ax, X, X * b, name="f")
    label(ax, 0.0, 0.0, f"{float(b):.1f}")


def _contours(ax: Any, b: Tensor) -> None:
    field(ax, X, X, X[:, None] * X * b, low=-3, high=3, contours=[0.5], labels=False)


def _unknown(ax: Any, b: Tensor) -> None:
    curve(ax, X, torch.special.digamma(X * b + 4), name="f")


def _no_pen(ax: Any, b: Tensor) -> None:
    bars(ax, X[:3] * b + 2, name="f")


def _nothing(ax: Any, b: Tensor) -> None:
    curve(ax, X, X, name="f")


LIES = {
    "branch": (_branch, "'f' depends on a setting.*left torch as an `if`.*if b > 1"),
    "float": (_leaves, "'f' depends on a setting.*left torch as the number 1.5.*float"),
    "float alone": (_wholly_outside, "'g' depends on a setting by something else than torch"),
    "shape": (_shape, "'f' depends on a setting by something else than torch"),
    "random": (_random, "draws new random numbers.*torch.randn"),
    "words": (_words, "panel 1: something besides the named series moves"),
    "contours": (_contours, "panel 1: something besides the named series moves"),
    "unknown": (_unknown, "aten.digamma.default is not known to live figures yet"),
    "no pen": (_no_pen, "which live figures cannot move yet"),
    "nothing": (_nothing, "nothing in the drawing follows a setting"),
}


@pytest.mark.parametrize("name", LIES)
def test_a_lie_stops_the_cell(name: str) -> None:
    change, words = LIES[name]
    with pytest.raises(ValueError, match=f"(?s)figure 'one': .*{words}"):
        _bundle(_lie(change))


def test_free_limits_stop_the_cell() -> None:
    with pytest.raises(ValueError, match="Give the axes their limits"):
        _bundle(lambda axes, b: curve(axes[0], X, X * b, name="f") and None)


@pytest.mark.parametrize(
    ("how", "words"),
    [
        ({"settings": {"axes": B["b"]}}, "must differ"),
        ({"state": {"b": torch.zeros(1)}}, "must differ"),
        ({"settings": {"my b": B["b"]}}, "needs such a name"),
        ({"settings": {"lambda": B["b"]}}, "needs such a name"),
        ({"settings": {"b": Point((0.0, 0.0), (-1.0, -1.0), (1.0, 1.0), panel=1)}}, "panel must"),
        ({"say": "{other:.2f}"}, "names 'other', which draw does not return"),
    ],
)
def test_wrong_names_stop_the_cell(how: dict[str, Any], words: str) -> None:
    with pytest.raises(ValueError, match=f"figure 'one': .*{re.escape(words)}"):
        _bundle(_plain, **how)


def test_a_wrong_step_stops_the_cell() -> None:
    def draw(axes: Any, w: Tensor, b: Tensor) -> None:
        points(axes[0], torch.stack((w, b.expand(2)), 1), name="w")
        frame(axes[0], "$x$", "$y$", xlim=(-4, 4), ylim=(-4, 4))

    start = {"w": torch.tensor([1.0, -1.0])}
    for step, words in (
        (lambda w, b: {"w": w + float(b)}, "step gives 'w' by something else than torch"),
        (lambda w, b: {"w": (w * b)[:1]}, r"Got shape \(1,\) for \(2,\)"),
    ):
        with pytest.raises(ValueError, match=words):
            _bundle(draw, state=start, steps={"One step": step})
