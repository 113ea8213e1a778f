"""Who moves a live figure, and how: by keys, by a tap, with less motion, without scripts."""

from __future__ import annotations

import math
import re

import pytest
from playwright.sync_api import Page, expect

from tests.helpers.browser import NEEDED, until
from tests.helpers.live_book import CELLS, LEARNS, PLANE
from tests.helpers.maths_book import Built
from tests.live.conftest import Opened

pytestmark = NEEDED
NOW = "([name, key]) => ebmLive.shown[name].now[key]"
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}


def now(page: Page, name: str, key: str) -> list[float]:
    found: list[float] = page.evaluate(NOW, [name, key])
    return found


def reach(page: Page, selector: str) -> None:
    """Come to an element by the Tab key alone."""
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("(one) => document.activeElement.matches(one)", selector):
            return
    raise AssertionError(f"Tab does not reach {selector}")


def test_keys_reach_every_setting(opened: Opened, address: str) -> None:
    with opened(f"{address}/plane.html") as page:
        for key, place in (("y", 0), ("y", 1), ("beta", 0)):
            before = now(page, PLANE, key)[place]
            reach(page, f"[data-setting={key}][data-place='{place}']")
            page.keyboard.press("ArrowRight")
            assert now(page, PLANE, key)[place] > before
        said = page.locator(".ebm-said").text_content()
        reach(page, "[data-back]")
        page.keyboard.press("Enter")
        assert now(page, PLANE, "y") == [1, 0.5]
        expect(page.locator(".ebm-said")).not_to_have_text(said or "")
    with opened(f"{address}/cells.html") as page:
        reach(page, "[data-setting=on][data-place='1']")
        page.keyboard.press("Space")
        reach(page, "[data-setting=up]")
        page.keyboard.press("Space")
        reach(page, "[data-noise]")
        page.keyboard.press("Enter")
        found = [now(page, CELLS, key) for key in ("on", "up", "seed")]
        assert found == [[1, 1], [1], [1]]


def test_a_change_is_spoken_when_the_hand_rests(opened: Opened, address: str) -> None:
    soft = 0.25 - math.log(2) / 100  # two latents are equally near
    with opened(f"{address}/plane.html") as page:
        expect(page.locator(".ebm-spoken")).to_have_text("")
        reach(page, "[data-setting=beta]")
        page.keyboard.press("End")
        expect(page.locator("[data-setting=beta]")).to_have_attribute("aria-valuetext", "100")
        expect(page.locator(".ebm-spoken")).to_have_text(
            re.compile(rf"^F.* = {soft:.2f} at 1\.0, 0\.5$")
        )
        label = page.locator(".ebm-sheets").get_attribute("aria-label") or ""
        assert re.search(r"energies\. Now: F", label)


def test_a_tap_places_the_point_and_a_hand_may_drag_it(opened: Opened, address: str) -> None:
    with opened(f"{address}/plane.html", **PHONE) as page:
        sheet = page.locator(".ebm-sheet svg").first
        box = sheet.bounding_box()
        assert box
        page.touchscreen.tap(box["x"] + 0.4 * box["width"], box["y"] + 0.3 * box["height"])
        until(page, f"ebmLive.shown['{PLANE}'].now.y[0] < 0")
        assert now(page, PLANE, "y")[1] > 0.5
    with opened(f"{address}/plane.html") as page:
        ring = page.locator(".ebm-ring").bounding_box()
        assert ring
        x, y = ring["x"] + ring["width"] / 2, ring["y"] + ring["height"] / 2
        page.mouse.move(x, y)
        page.mouse.down()
        page.mouse.move(x + 500, y, steps=3)  # beyond the range
        page.mouse.up()
        until(page, f"ebmLive.shown['{PLANE}'].now.y[0] === 2")
        assert now(page, PLANE, "y")[1] == pytest.approx(0.5, abs=0.02)


def test_a_tap_turns_a_cell(opened: Opened, address: str) -> None:
    place = """(name) => {
      const { sheets, program, paper } = ebmLive.shown[name];
      const { map, at } = program.settings[0];
      const screen = sheets[0].getScreenCTM();
      const { x, y } = new DOMPoint(...paper(map, [], ...at[1])).matrixTransform(screen);
      return [x, y];
    }"""
    with opened(f"{address}/cells.html") as page:
        page.mouse.click(*page.evaluate(place, CELLS))
        assert now(page, CELLS, "on") == [1, 1]
        expect(page.locator("[data-setting=on]").nth(1)).to_be_checked()


def test_train_rests_when_asked_and_out_of_sight(opened: Opened, address: str) -> None:
    with opened(f"{address}/learning.html", reduced_motion="no-preference") as page:
        train = page.locator("[data-train]")
        train.click()
        expect(train).to_have_text("Pause")
        until(page, f"ebmLive.shown['{LEARNS}'].turns > 2")
        train.click()
        expect(train).to_have_text("Train")
        train.click()
        page.evaluate("document.querySelector('.ebm-live').style.marginTop = '300vh'")
        expect(train).to_have_text("Train")
    with opened(f"{address}/learning.html", reduced_motion="reduce") as page:
        page.locator("[data-train]").click()
        expect(page.locator("[data-train]")).to_have_text("Train")
        assert page.evaluate(f"ebmLive.shown['{LEARNS}'].turns") == 50


def test_print_goes_back_to_the_start_without_controls(opened: Opened, address: str) -> None:
    with opened(f"{address}/plane.html") as page:
        page.evaluate(f"ebmLive.shown['{PLANE}'].set('y', [0, 0])")
        page.evaluate("dispatchEvent(new Event('beforeprint'))")
        assert now(page, PLANE, "y") == [1, 0.5]
        page.emulate_media(media="print")
        expect(page.locator(".ebm-controls")).to_be_hidden()
        expect(page.locator(".ebm-handle")).to_be_hidden()
        expect(page.locator(".ebm-sheet svg").first).to_be_visible()


def test_without_scripts_the_static_figure_stands_alone(opened: Opened, address: str) -> None:
    with opened(f"{address}/plane.html", ready=False, java_script_enabled=False) as page:
        expect(page.locator(".ebm-sheet svg")).to_have_count(2)
        expect(page.locator(".ebm-sheet svg").first).to_be_visible()
        expect(page.locator(".ebm-controls")).to_be_hidden()


def test_it_works_from_a_folder(opened: Opened, book: Built) -> None:
    with opened((book.out / "plane.html").as_uri()) as page:
        reach(page, "[data-setting=beta]")
        page.keyboard.press("End")
        assert now(page, PLANE, "beta") == [100]


def test_only_files_of_the_site_are_asked_for_and_none_after_the_load(
    opened: Opened, address: str
) -> None:
    asked: list[str] = []
    with opened(f"{address}/plane.html") as page:
        names = "performance.getEntriesByType('resource').map((one) => one.name)"
        before = page.evaluate(names)
        assert all(one.startswith((address, "data:")) for one in before)
        page.on("request", lambda one: asked.append(one.url))
        page.evaluate(f"ebmLive.shown['{PLANE}'].set('beta', [3])")
        page.locator('[aria-valuetext="3"]').wait_for(state="attached")
    assert [one for one in asked if not one.startswith("data:")] == []


@pytest.mark.parametrize("width", [390, 320])
@pytest.mark.parametrize("which", ["plane", "learning", "cells"])
def test_a_phone_scrolls_in_one_direction_alone(
    opened: Opened, address: str, which: str, width: int
) -> None:
    how = PHONE | {"viewport": {"width": width, "height": 844}}
    with opened(f"{address}/{which}.html", **how) as page:
        wide = "document.documentElement.scrollWidth"
        assert page.evaluate(wide) <= width
        tall = [one.bounding_box() for one in page.locator(".ebm-sheet").all()]
        assert len({round(one["x"]) for one in tall if one}) == 1  # below each other
        bar = page.locator(".ebm-controls").bounding_box()
        assert bar
        assert bar["height"] < 844 / 3


def test_words_of_the_prose_set_the_figure_and_bring_it_into_sight(
    opened: Opened, address: str
) -> None:
    far = {"viewport": {"width": 800, "height": 300}}
    with opened(f"{address}/plane.html", ready=False, **far) as page:
        page.evaluate("document.querySelector('figure').style.marginTop = '300vh'")
        words = page.locator("button.ebm-try")
        expect(words).to_have_text(re.compile("^into the middle of"))
        words.focus()
        page.keyboard.press("Enter")
        until(page, f"ebmLive.shown['{PLANE}']?.now.beta[0] === 10")
        assert now(page, PLANE, "y") == [0, 0]
        expect(page.locator("[data-setting=beta]")).to_have_attribute("aria-valuetext", "10")
        expect(page.locator(".ebm-sheets")).to_be_in_viewport()
    with opened(f"{address}/plane.html", ready=False, java_script_enabled=False) as page:
        expect(page.locator("button.ebm-try")).to_have_count(0)
        expect(page.locator(".ebm-try")).to_be_visible()


def test_words_may_set_the_state_and_the_steps_are_counted_anew(
    opened: Opened, address: str
) -> None:
    with opened(f"{address}/learning.html", reduced_motion="no-preference") as page:
        page.locator("[data-train]").click()
        until(page, f"ebmLive.shown['{LEARNS}'].turns > 2")
        page.locator("button.ebm-try").click()
        expect(page.locator("[data-train]")).to_have_text("Train")  # at rest
        expect(page.locator(".ebm-said")).to_have_text("step 0 at 2.0, 2.0")
        assert [now(page, LEARNS, key) for key in ("w", "at", "rate")] == [[2, 2], [5], [0.1]]


def test_words_may_give_a_setting_what_another_has(opened: Opened, address: str) -> None:
    with opened(f"{address}/cells.html") as page:
        page.locator("[data-setting=up]").check()
        page.locator("button.ebm-try").click()
        until(page, f"ebmLive.shown['{CELLS}'].now.seed[0] === 1")
        assert now(page, CELLS, "up") == [1]


SAID = """([name, values]) => {
  const figure = ebmLive.shown[name];
  figure.now.w = values.map(Number);
  figure.draw();
  return figure.box.querySelector(".ebm-said").textContent;
}"""


def test_the_sentence_writes_each_number_as_the_book_does(opened: Opened, address: str) -> None:
    power = "\u202f\u00b7\u202f10"
    wanted = {
        ("0.25", "-1.5"): "0.3, \u22121.5",
        ("-999999", "-0.01"): "\u2212999999.0, 0.0",
        ("7107352.5", "-2.01e21"): f"7.1{power}\u2076, \u22122.0{power}\u00b2\u00b9",
        ("1e300", "1"): f"1.0{power}\u00b3\u2070\u2070, 1.0",
        ("-Infinity", "NaN"): "beyond all bounds, beyond all bounds",
    }
    with opened(f"{address}/learning.html") as page:
        for values, words in wanted.items():
            assert page.evaluate(SAID, [LEARNS, values]) == f"step 0 at {words}"
