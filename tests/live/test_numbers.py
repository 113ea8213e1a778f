"""What the page computes is what torch computes, and redrawing at the start changes nothing."""

from __future__ import annotations

import io
from typing import Any

import numpy as np
import pytest
import torch
from PIL import Image
from playwright.sync_api import Page

from tests.helpers.browser import NEEDED
from tests.helpers.live_book import CELLS, LEARNS, PLANE, cells, halved, learns, live, plane
from tests.live.conftest import Opened

pytestmark = NEEDED
FIGURES = {"plane": (PLANE, plane), "learning": (LEARNS, learns), "cells": (CELLS, cells)}
RUN = """([name, settings]) => {
  const { program } = ebmLive.shown[name];
  return program.make()(...program.inputs.map((key) => settings[key])).map((one) => [...one]);
}"""
TRAIN = """([name, count, settings]) => {
  const figure = ebmLive.shown[name];
  Object.assign(figure.now, settings);
  const button = figure.box.querySelector("[data-step]");
  for (let k = 0; k < count; k++) button.click();
  return [figure.now.w, figure.now.at, figure.turns];
}"""


@pytest.mark.parametrize("which", FIGURES)
def test_the_page_computes_what_torch_did_at_every_setting(
    opened: Opened, address: str, which: str
) -> None:
    name, made = FIGURES[which]
    with opened(f"{address}/{which}.html") as page:
        for test in live(made())["tests"]:
            found = page.evaluate(RUN, [name, test["settings"]])
            for mine, right in zip(found, test["outputs"], strict=True):
                places = np.linspace(0, len(mine) - 1, len(right)).round().astype(int)
                assert np.array(mine)[places] == pytest.approx(np.array(right), rel=1e-9, abs=1e-9)


def test_300_steps_lead_where_torch_leads(opened: Opened, address: str) -> None:
    w = torch.tensor([0.3, -1.0], dtype=torch.float64)
    for _ in range(300):
        w = halved(w, torch.tensor(0.0), torch.tensor(0.05, dtype=torch.float64))["w"]
    with opened(f"{address}/learning.html") as page:
        found, at, turns = page.evaluate(TRAIN, [LEARNS, 300, {"rate": [0.05]}])
        assert turns == 300
        assert at == [300]
        assert found == pytest.approx(w.tolist(), rel=1e-9)
        assert abs(found[0] - 0.3) > 0.1
        assert (page.locator(".ebm-said").text_content() or "").startswith("step 300 at ")


def _pixels(page: Page) -> Any:
    return np.asarray(Image.open(io.BytesIO(page.locator(".ebm-sheets").screenshot()))).astype(int)


@pytest.mark.parametrize("which", FIGURES)
@pytest.mark.parametrize("theme", ["dark", "light"])
def test_redrawn_at_the_start_it_is_the_static_figure(
    opened: Opened, address: str, which: str, theme: str
) -> None:
    name, made = FIGURES[which]
    with opened(f"{address}/{which}.html", color_scheme=theme) as page:
        before = _pixels(page)
        page.evaluate("(name) => ebmLive.shown[name].draw()", name)
        drawn = _pixels(page)
        # Of a tint the finest details, as a border between regions, depend on its pixels.
        tinted = any(one["kind"].startswith("raster") for one in live(made())["series"])
        assert np.quantile(np.abs(drawn - before), 0.99 if tinted else 1) <= 8
        key = {"plane": "y", "learning": "w", "cells": "on"}[which]
        page.evaluate(
            "([name, key]) => { const f = ebmLive.shown[name]; f.now[key] = [0, 1]; f.draw(); }",
            [name, key],
        )
        assert np.abs(_pixels(page) - before).max() > 8
