"""One drawing follows the theme in Chromium, Firefox and WebKit: by the colours of its pixels."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import numpy as np
import pytest
import torch
from PIL import Image

from _ext.figures import svg
from _ext.stylesheet.parser import load
from _ext.stylesheet.writers import css
from ebmlib.plot.canvas.palette import stylesheet
from ebmlib.plot.curves import curve
from ebmlib.plot.fields import field, surface
from ebmlib.plot.figure import figure
from ebmlib.plot.frame import frame
from ebmlib.plot.points import points
from ebmlib.plot.show import MIME, bundle
from ebmlib.plot.words import label
from tests.site.browsers import ENGINES, missing, screenshot

ASSETS = Path(__file__).resolve().parents[2] / "book" / "_ext" / "figures" / "static"
SIDE = torch.linspace(-1, 1, 21, dtype=torch.float64)
NEAR = 6  # levels of 255: engines round opacities apart
FLAT = {"pink", "blue", "orange", "ink"}  # drawn at full strength, large enough for whole pixels


@lru_cache
def drawing() -> str:
    """Points, a curve, words, a tint and a surface in one figure."""
    fig, (left, right) = figure(columns=2, aspect=1.0)
    field(left, SIDE, SIDE, (SIDE[:, None] > 0) * (SIDE > 0) * 1.0, colour="purple", contours=0)
    points(left, torch.tensor([[-0.5, 0.5], [0.0, -0.5]]), colour="blue", size=24, name="y")
    curve(left, SIDE, SIDE * 0 - 0.8, colour="pink", width=8)
    label(left, -0.5, 0.0, "WORDS", "orange").set_fontsize(30)
    frame(left, "$y_1$", "$y_2$", xlim=(-1, 1), ylim=(-1, 1))
    for side in left.spines.values():
        side.set_linewidth(5)
    curve(right, SIDE, SIDE, colour="green", width=10)
    made = bundle(fig, "all", "All kinds of colour.")
    facts = made[MIME]
    colours = (facts["palette"], facts["rasters"], facts["mixes"])
    return svg.inline(made["image/svg+xml"], "all", facts["alt"], *colours)


@lru_cache
def mixed() -> str:
    """A flat surface seen from above: one mix of green and the ground."""
    fig, ax = figure(projection="3d")
    drawn = surface(ax, SIDE, SIDE, torch.zeros(21, 21, dtype=torch.float64), colour="green")
    drawn.set_linewidth(0)
    ax.view_init(90, 0)
    made = bundle(fig, "mixed", "A square.")
    facts = made[MIME]
    colours = (facts["palette"], None, facts["mixes"])
    return svg.inline(made["image/svg+xml"], "mixed", "A square.", *colours)


def page(tmp_path: Path, theme: str, body: str) -> Path:
    sheet = load(stylesheet())
    style = css(sheet) + (ASSETS / "figures.css").read_text("utf8")
    file = tmp_path / f"{theme}.html"
    file.write_text(
        f'<!DOCTYPE html><html data-theme="{theme}"><meta charset="utf-8"><style>{style}'
        "body { margin: 0; background: var(--ground); color: var(--ink) }</style>"
        f'<div class="ebm-picture">{body}</div></html>',
        "utf8",
    )
    return file


def colours(theme: str) -> dict[str, np.ndarray]:
    sheet = load(stylesheet())
    hexes = {one.name: getattr(one, theme).lstrip("#") for one in sheet.colours.values()}
    return {name: np.array(list(bytes.fromhex(value)), float) for name, value in hexes.items()}


def seen(engine: str, file: Path) -> np.ndarray:
    """The pixels of a page in an engine."""
    if missing(engine):
        pytest.skip(f"{', '.join(missing(engine))} is not installed")
    picture = file.with_name("shot.png")
    screenshot(engine, file, picture)
    return np.asarray(Image.open(picture).convert("RGB"), float).reshape(-1, 3)


def count(pixels: np.ndarray, wanted: np.ndarray) -> int:
    """How many pixels have a colour, near enough."""
    return int((np.abs(pixels - wanted).max(1) <= NEAR).sum())


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("engine", ENGINES)
def test_the_drawing_follows_the_theme(tmp_path: Path, engine: str, theme: str) -> None:
    pixels = seen(engine, page(tmp_path, theme, drawing()))
    here, there = colours(theme), colours("dark" if theme == "light" else "light")
    for name in sorted(FLAT | {"green"}):
        assert count(pixels, here[name]) > 60, f"{name} is not seen"
        if name != "ink":  # the other theme's ink is nearly this one's ground
            assert count(pixels, there[name]) < 20, f"{name} is the other theme's"
    assert count(pixels, here["ground"]) > 50_000
    tint = 0.7 * here["purple"] + 0.3 * here["ground"]
    assert count(pixels, tint) > 2_000, "the tint is not painted in the theme's colour"


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("engine", ENGINES)
def test_a_mix_is_of_the_themes_colours(tmp_path: Path, engine: str, theme: str) -> None:
    body = mixed()
    share = float(body.split("color-mix(")[1].split("%")[0].split()[-1]) / 100
    pixels = seen(engine, page(tmp_path, theme, body))
    here = colours(theme)
    assert 0 < share < 1
    assert count(pixels, share * here["green"] + (1 - share) * here["ground"]) > 5_000
