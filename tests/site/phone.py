"""What of a page is off the screen of a phone, or too small to be read there."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Page

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


def off(page: Page, *besides: str) -> dict[str, Any]:
    """What is wrong on the screen as it is; `besides` is not asked."""
    facts: dict[str, Any] = page.evaluate(PROBE)
    return {key: told for key, told in facts.items() if told and key not in ("pictures", *besides)}
