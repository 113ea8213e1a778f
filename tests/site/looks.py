"""A page in a browser of its own: how it is looked at, what went wrong, what axe-core finds."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, Request

from _ext.shared.npm import ensure_package
from _ext.stylesheet.parser import load
from tests.helpers.browser import PATIENCE

HERE = Path(__file__).resolve().parent
PROBE = (HERE / "probe.js").read_text("utf8")
LOOKS = {
    "dark-wide": ("dark", 1280, 900),
    "light-wide": ("light", 1280, 900),
    "dark-phone": ("dark", 390, 844),
    "light-phone": ("light", 390, 844),
}
INLINE = ("data:", "blob:")
# (rule, what the element holds): axe does not count MathML as text; Sphinx writes a signature of
# many lines as <dd> without <dt>, which is read aloud all the same.
NO_FAULTS = (("empty-table-header", "<math"), ("definition-list", '<dd><span class="n">'))
AXE = """async ([marks, part]) => {
  await probe.settle();
  const found = await axe.run(part || document, { resultTypes: ["violations"] });
  return found.violations.flatMap(({ id, nodes }) => nodes
    .filter(({ target }) => !marks.some(([rule, inside]) =>
      rule === id && document.querySelector(target[0]).innerHTML.includes(inside)))
    .map(({ target, html, failureSummary }) =>
      `${id}: ${target} ${html.slice(0, 200)} ${failureSummary}`));
}"""


@lru_cache
def palette(theme: str) -> dict[str, str]:
    """Colour name -> 'r, g, b' in a theme, as the stylesheet says."""
    hexes = {one.name: getattr(one, theme).lstrip("#") for one in load().colours.values()}
    return {name: ", ".join(map(str, bytes.fromhex(value))) for name, value in hexes.items()}


@lru_cache
def sheet(theme: str) -> dict[str, dict[str, str]]:
    """What the stylesheet asks of a page: its palette, and each symbol's colour by its role."""
    symbols = load().symbols.values()
    roles = {one.macro: one.role.colour for one in symbols if one.role}
    return {"palette": palette(theme), "roles": roles}


@lru_cache
def axe() -> str:
    """The script of axe-core, from npm; `package.json` beside this file has its version."""
    return (ensure_package("axe-core", HERE) / "axe.min.js").read_text("utf8")


def violations(page: Page, part: str = "") -> list[str]:
    """All that axe-core holds against a page, or a part of it, as it stands."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(axe())
    found: list[str] = page.evaluate(AXE, [NO_FAULTS, part])
    return found


def resize(page: Page, look: str) -> None:
    """Give a page the width of another look, and wait until it has been laid out again."""
    _, width, height = LOOKS[look]
    page.set_viewport_size({"width": width, "height": height})
    page.evaluate("new Promise((done) => requestAnimationFrame(() => setTimeout(done, 50)))")


@contextmanager
def opened(
    browser: Browser, address: str, look: str = "dark-wide", own: str = "", **more: Any
) -> Iterator[tuple[Page, list[str]]]:
    """A page, and what went wrong in it: errors, warnings, lost and foreign requests.

    `own` is how the site's addresses begin: what stands before `/book/`, unless it is given.
    """
    scheme, width, height = LOOKS[look]
    own = own or address.partition("/book/")[0]
    faults: list[str] = []
    settings = {"color_scheme": scheme, "viewport": {"width": width, "height": height}}
    phone = {"has_touch": True} if "phone" in look else {}
    given = {"reduced_motion": "reduce", **settings, **phone, **more}
    context = browser.new_context(**given)
    context.set_default_timeout(PATIENCE)
    try:
        context.add_init_script(PROBE)
        page = context.new_page()
        page.on("console", lambda m: m.type in ("error", "warning") and faults.append(m.text))
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("requestfailed", lambda request: faults.extend(_lost(request)))
        page.on("request", lambda request: faults.extend(_foreign(request, own)))
        page.goto(address)
        yield page, faults
    finally:
        context.close()


def _lost(request: Request) -> list[str]:
    left = "ERR_ABORTED" in (request.failure or "")  # the page was left before it came
    return [] if left else [f"lost: {request.url}"]


def _foreign(request: Request, own: str) -> list[str]:
    inside = request.url.startswith((*INLINE, own))
    return [] if inside else [f"foreign: {request.url}"]
