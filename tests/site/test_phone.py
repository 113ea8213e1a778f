"""On a phone nothing of a figure or of code is off the screen, and letters can be read."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Browser

from tests.site.conftest import BOOK_PAGES
from tests.site.looks import opened

LETTERS = 11.0  # pixels, of letters of 10 pt
SMALL = {"width": 320, "height": 568}
# What is never clipped to the axes: words, and the axes with theirs, borrowed or not.
PARTS = ".ebm-panel [id*='.text_'], .ebm-panel [id*='.axis.'], .ebm-lent > use"
PROBE = """() => {
  document.querySelectorAll("details").forEach((box) => (box.open = true));
  const style = document.createElement("style");
  style.textContent = "* { content-visibility: visible !important }";
  document.head.append(style);
  const width = document.documentElement.clientWidth;
  const seen = (one) => one.checkVisibility() && one.getBoundingClientRect().width > 0;
  const inside = (one, [left, right]) => {
    const box = one.getBoundingClientRect();
    return box.left >= left - 1 && box.right <= right + 1;
  };
  const edges = (one) => (({ left, right }) => [left, right])(one.getBoundingClientRect());
  const pictures = [...document.querySelectorAll(".ebm-picture")].filter(seen);
  const named = (picture) => picture.firstElementChild.dataset.figure;
  const scale = (picture) => {
    const svg = picture.firstElementChild;
    return svg.getBoundingClientRect().width / Number(svg.style.getPropertyValue("--w"));
  };
  const words = function* (line) {  // blanks before a comment may hang over the edge
    const walk = document.createTreeWalker(line, NodeFilter.SHOW_TEXT);
    while (walk.nextNode()) {
      for (const found of walk.currentNode.data.matchAll(/\\S+/g)) {
        const range = document.createRange();
        range.setStart(walk.currentNode, found.index);
        range.setEnd(walk.currentNode, found.index + found[0].length);
        yield range;
      }
    }
  };
  const lines = [...document.querySelectorAll(".highlight pre > .line")].filter(
    (line) => seen(line) && !line.closest(".cell_output"),
  );
  return {
    pictures: pictures.length,
    scroll: pictures.filter((one) =>
      one.scrollWidth > one.clientWidth + 1 && getComputedStyle(one).overflowX === "auto"
    ).map(named),
    cut: pictures.filter((one) => {
      const parts = [...one.querySelectorAll(PARTS)].filter(seen);
      const own = edges(one);
      return !inside(one, [0, width]) || parts.some((part) => !inside(part, own)) ||
        !one.matches(".ebm-stack") && !inside(one.firstElementChild, own);
    }).map(named),
    small: pictures.filter((one) => 10 * scale(one) < LETTERS).map(named),
    code: lines.filter((line) => {
      const box = edges(line.parentElement);
      return [...words(line)].some((word) => !inside(word, box));
    }).map((line) => line.textContent),
    inline: [...document.querySelectorAll(":not(pre) > code")]
      .filter((one) => seen(one) && !one.closest("table, svg") && !inside(one, [0, width]))
      .map((one) => one.textContent),
  };
}""".replace("LETTERS", str(LETTERS)).replace("PARTS", repr(PARTS))


@pytest.mark.parametrize("name", BOOK_PAGES)
def test_nothing_is_off_a_phone(browser: Browser, served: str, name: str) -> None:
    with opened(browser, f"{served}/{name}.html", "light-phone", served) as (page, faults):
        facts: dict[str, Any] = page.evaluate(PROBE)
        del facts["pictures"]
        assert facts == {key: [] for key in facts}
        page.set_viewport_size(SMALL)
        facts = page.evaluate(PROBE)
        del facts["pictures"], facts["small"]
        assert facts == {key: [] for key in facts}
        assert faults == []


def test_what_is_off_a_phone_is_told(browser: Browser, served: str) -> None:
    address = f"{served}/book/ellipse/training.html"
    with opened(browser, address, "light-phone", served) as (page, _):
        page.add_style_tag(
            content=""".ebm-panel { transform: translate(500px, 0) !important }
            .ebm-picture:not(.ebm-stack) > svg { min-width: 150% !important }
            .highlight pre { white-space: pre !important }"""
        )
        facts = page.evaluate(PROBE)
        assert facts["cut"]
        assert facts["code"]
        page.add_style_tag(content=".ebm-picture > svg { width: 50% !important; min-width: 0 }")
        assert page.evaluate(PROBE)["small"]
