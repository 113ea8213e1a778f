"""A tiny book in the book's look, with live figures: all pens, a point, cells, one that learns."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import Any

import nbformat

from tests.helpers.figures_book import MIME, cell, computed, write
from tests.helpers.maths_book import Built, build
from tests.helpers.theme_book import EXTENSIONS

PLANE, LEARNS, CELLS = "tiny-plane", "tiny-learning", "tiny-cells"
STILL = "tiny-still"


@contextmanager
def float64() -> Iterator[None]:
    """Settings become tensors of the default precision."""
    import torch

    before = torch.get_default_dtype()
    torch.set_default_dtype(torch.float64)
    yield
    torch.set_default_dtype(before)


@lru_cache
def plane() -> dict[str, Any]:
    """A point and a coldness move a tint, a line, marks and an arrow on two sheets."""
    import torch

    from ebmlib.plot.arrows import arrows
    from ebmlib.plot.controls import Control, Point, Slider
    from ebmlib.plot.curves import curve
    from ebmlib.plot.fields import field
    from ebmlib.plot.frame import frame
    from ebmlib.plot.live import Live
    from ebmlib.plot.live import bundle as live_bundle
    from ebmlib.plot.points import points

    def draw(axes: Any, y: torch.Tensor, beta: torch.Tensor) -> dict[str, torch.Tensor]:
        left, right = axes
        side = torch.linspace(-2, 2, 9)
        squares = (side - y[0]) ** 2 + (side[:, None] - y[1]) ** 2
        field(left, side, side, (-beta * squares).exp(), low=0, high=1, contours=0)
        arrows(left, y[None], -y[None], name="home", scale=0.5)
        points(left, y[None], colour="blue", name="y", shape="diamond")
        frame(left, "$y_1$", "$y_2$", xlim=(-2, 2), ylim=(-2, 2), equal=True)
        energy = (side[:, None] - y).square().sum(1)
        soft = -torch.logsumexp(-beta * energy, 0) / beta
        curve(right, side, energy, name="E")
        curve(right, side, soft.expand(9), name="F", line="dashed")
        frame(right, "$z$", "$E$", xlim=(-2, 2), ylim=(-2, 20))
        return {"F": soft}

    settings: dict[str, Control] = {
        "y": Point((1.0, 0.5), low=(-2, -2), high=(2, 2), label="$\\vy$", spoken="y"),
        "beta": Slider(1.0, 0.1, 100.0, log=True, label="$\\beta$", spoken="beta, the coldness"),
    }
    with float64():
        one = Live(draw, PLANE, settings, 2, 1.0, say="$\\Fbeta$ = {F:.2f} at {y:.1f}")
        return live_bundle(one, "Left: a tint. Right: energies.")


def halved(w: Any, at: Any, rate: Any) -> dict[str, Any]:
    """One step down a hilly loss, with torch's own gradient, and how many there were."""
    import torch

    w = w.detach().clone().requires_grad_()
    (gradient,) = torch.autograd.grad((w.cos() + 0.1 * w**2).sum(), w)
    return {"w": (w - rate * gradient).detach(), "at": at + 1}


@lru_cache
def learns() -> dict[str, Any]:
    """A parameter goes downhill, a step a press."""
    import torch

    from ebmlib.plot.controls import Slider
    from ebmlib.plot.frame import frame
    from ebmlib.plot.live import Live
    from ebmlib.plot.live import bundle as live_bundle
    from ebmlib.plot.points import points

    def draw(axes: Any, w: torch.Tensor, at: torch.Tensor, rate: torch.Tensor) -> None:
        (ax,) = axes
        points(ax, torch.stack((w, w.cos() + 0.1 * w**2), 1), name="w")
        frame(ax, "$w$", "loss", xlim=(-5, 5), ylim=(-2, 4))

    with float64():
        # Not in the order of the alphabet, in which a notebook writes them.
        start = {"w": torch.tensor([0.3, -1.0]), "at": torch.tensor(0.0)}
        settings = {"rate": Slider(0.05, 0.01, 0.5, label="rate", spoken="rate")}
        steps = {"One step": halved}
        one = Live(draw, LEARNS, settings, say="step {step} at {w:.1f}", state=start, steps=steps)
        return live_bundle(one, "Two parameters on their loss.")


@lru_cache
def cells() -> dict[str, Any]:
    """Cells, a switch and a button that draws again."""
    import torch

    from ebmlib.plot.controls import Cells, Control, Noise, Switch, normals
    from ebmlib.plot.fields import regions
    from ebmlib.plot.frame import frame
    from ebmlib.plot.live import Live
    from ebmlib.plot.live import bundle as live_bundle
    from ebmlib.plot.points import points

    at = ((-1.0, 0.0), (1.0, 0.0))

    def draw(axes: Any, on: torch.Tensor, up: torch.Tensor, seed: torch.Tensor) -> None:
        (ax,) = axes
        side = torch.linspace(-2, 2, 9)
        first = (side * on[0] + side[:, None]).expand(9, 9)
        regions(ax, side, side, torch.stack((first, -first + on[1])), borders=False)
        points(ax, torch.tensor(at) * (1 + up) + normals(seed, 2, 2) / 9, name="at", shape="ring")
        frame(ax, "$y_1$", "$y_2$", xlim=(-2, 2), ylim=(-2, 2), equal=True)

    settings: dict[str, Control] = {
        "on": Cells((True, False), at=at, label="on", spoken="on"),
        "up": Switch(False, label="up", spoken="up"),
        "seed": Noise(),
    }
    with float64():
        return live_bundle(Live(draw, CELLS, settings, aspect=1.0), "Two cells in the plane.")


def live(made: Mapping[str, Any]) -> dict[str, Any]:
    """What a figure's output says of its moving parts."""
    found: dict[str, Any] = made[MIME]["live"]
    return found


def shown(name: str, made: Mapping[str, Any]) -> list[Any]:
    """A cell with its output, and the place of the figure."""
    one = nbformat.v4.new_output("display_data", dict(made), metadata={"ebmlib": {"figure": name}})
    return [nbformat.v4.new_code_cell("show()", outputs=[one]), computed(name)]


TRY = f"Put it {{try}}`into the *middle* of $\\vy$ <{PLANE} y=0,0 beta=10>`, it is said."
ANEW = f"Walk {{try}}`from there <{LEARNS} w=2 at=5 rate=0.1>`, it is said."
AS_IT_STANDS = f"Draw {{try}}`what the switch says <{CELLS} seed=up>`, it is said."


def live_book(root: Path, builder: str = "html", **pages: list[Any]) -> Built:
    """A page a figure, and one with a still one."""
    pages = pages or {
        "plane": [TRY, *shown(PLANE, plane())],
        "learning": [ANEW, *shown(LEARNS, learns())],
        "cells": [AS_IT_STANDS, *shown(CELLS, cells())],
        "still": [cell(STILL), computed(STILL)],
    }
    given: dict[str, Any] = {
        "extensions": [*EXTENSIONS, "_ext.figures"],
        "nb_execution_mode": "off",
        "project": "The book",
        "exclude_patterns": ["_build"],
        "numfig": True,
    }
    return build(write(root, **pages), builder, **given)
