"""Every live figure of the book in three engines: what torch computed, and drawings that are whole.

The numbers to compare are those that the page's own cell recorded, at settings drawn by a seed.
"""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from functools import cache
from typing import Any

import numpy as np
import pytest
from playwright.sync_api import Browser, expect

from tests.helpers.tiny import REPOSITORY
from tests.site.browsers import PATIENCE, missing
from tests.site.drivers import DRIVERS
from tests.site.looks import opened, violations
from tools.book import Book
from tools.execute.cache import ExecutionCache

FIGURE = "application/vnd.ebmlib.figure+json"
ALIKE = {"rel": 1e-9, "abs": 1e-9}  # of float64; the functions of engines differ in the last bits
READY = """
document.querySelector('.ebm-live[data-figure="NAME"]').scrollIntoView();
return !!window.ebmLive?.shown["NAME"];
"""
# The recorded function at some settings: per output as many values as torch's, evenly spaced.
RUN = """
const { program } = ebmLive.shown["NAME"];
const run = program.make();
return TESTS.map((test) => {
  const found = run(...program.inputs.map((key) => test.settings[key]));
  return found.map((one, k) => {
    const last = one.length - 1, count = test.counts[k];
    return Array.from({ length: count }, (_, j) => {
      const place = count > 1 ? Math.round((j * last) / (count - 1)) : 0;
      return one[place];
    });
  });
});
"""
# Each setting at both its ends, and each button once: what is drawn then, and is no number.
ENDS = """
const figure = ebmLive.shown["NAME"];
const drawn = () => Array.from(figure.box.querySelectorAll("svg path, svg image, svg use, svg g"))
  .map((one) => ["d", "transform", "x", "y", "href"].map((key) => one.getAttribute(key) ?? "")
    .join(" "));
figure.draw(); // the build writes other digits than the page does
const wrong = (path) => /NaN|Infinity|undefined/.test(path.replace(/data:.*/, ""));
const faults = [], still = drawn().join();
let moved = false;
for (const one of figure.program.settings) {
  const ends = "low" in one ? [one.low, one.high] : [0, 1];
  for (const end of ends) {
    const before = figure.now[one.name];
    const parts = [end].flat();
    figure.now[one.name] = before.map((_, k) => parts[k % parts.length]);
    figure.draw();
    const now = drawn();
    moved ||= now.join() !== still;
    for (const path of now)
      if (wrong(path)) faults.push([one.name, end, path.slice(0, 60)]);
    figure.now[one.name] = before;
  }
}
for (const button of figure.box.querySelectorAll("[data-step]")) {
  button.click();
  moved ||= drawn().join() !== still; // a setting may act on the steps alone
  for (const path of drawn())
    if (wrong(path)) faults.push([button.textContent, path.slice(0, 60)]);
}
figure.reset();
return { faults, moved, back: drawn().join() === still };
"""


class Chromium:
    """A page of Playwright that answers as the other two drivers do."""

    def __init__(self, browser: Browser) -> None:
        self._context = browser.new_context(viewport={"width": 1280, "height": 900})
        self._page = self._context.new_page()
        self._told: list[str] = []
        self._page.on("pageerror", lambda error: self._told.append(str(error)))

    def goto(self, address: str) -> None:
        self._page.goto(address)

    def run(self, script: str) -> Any:
        return self._page.evaluate(f"() => {{ {script} }}")

    def faults(self, address: str) -> list[str]:
        told, self._told = self._told, []
        return told

    def close(self) -> None:
        self._context.close()


@pytest.fixture(scope="module", params=["chromium", *DRIVERS])
def engine(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Any:
    name = request.param
    if missing(name):
        pytest.skip(f"{', '.join(missing(name))} is not installed")
    if name == "chromium":
        session = Chromium(request.getfixturevalue("browser"))
        yield session
        session.close()
        return
    with DRIVERS[name](tmp_path_factory.mktemp("profile")) as session:
        yield session


@cache
def live_figures() -> dict[str, list[dict[str, Any]]]:
    """What the cells recorded, by page: name, and tests of its function."""
    book = Book(REPOSITORY)
    kept = ExecutionCache(book)
    return {page.docname: found for page in book.notebooks if (found := list(_of(kept, page)))}


def _of(kept: ExecutionCache, page: Any) -> Iterator[dict[str, Any]]:
    try:
        cells = kept.outputs(page).cells
    except KeyError:  # not run: what is drawn is asked for all the same
        return
    for cell in cells:
        for output in cell.get("outputs", []):
            facts = output.get("data", {}).get(FIGURE, {})
            if "live" in facts:
                yield {"name": facts["name"], "tests": facts["live"]["tests"]}


def pages() -> list[str]:
    return [page.docname for page in Book(REPOSITORY).notebooks if "live(" in page.path.read_text()]


def shown(engine: Any, name: str) -> None:
    end = time.monotonic() + PATIENCE
    while not engine.run(READY.replace("NAME", name)):
        assert time.monotonic() < end, f"{name} is not ready"
        time.sleep(0.1)


@pytest.mark.parametrize("page", pages())
def test_a_live_figure_computes_what_torch_did_and_draws_at_every_end(
    engine: Any, served: str, page: str
) -> None:
    figures = live_figures()[page]
    assert figures
    engine.goto(f"{served}/{page}.html")
    for figure in figures:
        name, tests = figure["name"], figure["tests"][:3]
        shown(engine, name)
        asked = [
            {"settings": one["settings"], "counts": [len(out) for out in one["outputs"]]}
            for one in tests
        ]
        found = engine.run(RUN.replace("NAME", name).replace("TESTS", json.dumps(asked)))
        for mine, test in zip(found, tests, strict=True):
            for values, right in zip(mine, test["outputs"], strict=True):
                assert np.array(values) == pytest.approx(np.array(right), **ALIKE)
        facts = engine.run(ENDS.replace("NAME", name))
        assert facts == {"faults": [], "moved": True, "back": True}
    assert engine.faults(served) == []


def test_a_hand_moves_one_of_two_points(browser: Browser, served: str) -> None:
    name, moved = "intro-linear-columns", "ebmLive.shown['intro-linear-columns'].now"
    with opened(browser, f"{served}/book/intro/linear.html", "dark-wide", served) as (page, faults):
        page.locator(f"#fig-{name}").scroll_into_view_if_needed()
        page.locator(f"[data-figure={name}] .ebm-ring").first.wait_for(state="attached")
        before = page.evaluate(moved)
        for which, name_of in enumerate(("p", "q")):
            ring = page.locator(f"[data-figure={name}] .ebm-ring").nth(which)
            ring.scroll_into_view_if_needed()
            box = ring.bounding_box()
            assert box
            x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
            page.mouse.move(x, y)
            page.mouse.down()
            page.mouse.move(x - 15, y - 10, steps=3)
            page.mouse.up()
            now = page.evaluate(moved)
            assert [key for key in ("p", "q") if now[key] != before[key]] == [name_of]
            before = now
        page.mouse.click(x - 60, y - 40)  # a tap moves the one that was touched last
        now = page.evaluate(moved)
        assert [key for key in ("p", "q") if now[key] != before[key]] == ["q"]
        assert faults == []


MOVED = "book/ellipse/free-energy"
OUTSIDE = """() => [...document.querySelectorAll(".ebm-live, .ebm-live *")]
  .filter((one) => one.checkVisibility() && !one.closest("svg, .heard"))
  .filter((one) => one.getBoundingClientRect().right > innerWidth + 1)
  .map((one) => one.className)"""


@pytest.mark.parametrize("system", ["dark", "light"])
@pytest.mark.parametrize("width", [1280, 390, 320])
def test_it_moves_in_forced_colours_at_every_width(
    browser: Browser, served: str, system: str, width: int
) -> None:
    size = {"width": width, "height": 800}
    how = {"forced_colors": "active", "color_scheme": system, "viewport": size}
    with opened(browser, f"{served}/{MOVED}.html", own=served, **how) as (page, faults):
        figure = page.locator(".ebm-live").first
        figure.scroll_into_view_if_needed()
        page.locator(".ebm-live.ebm-ready").first.wait_for()
        said = page.locator(".ebm-said").first
        before = said.text_content()
        page.locator(".ebm-live input[type=range]").last.focus()
        page.keyboard.press("End")
        expect(said).not_to_have_text(before or "")
        assert violations(page, ".ebm-live") == []
        assert page.evaluate(OUTSIDE) == []
        assert faults == []
