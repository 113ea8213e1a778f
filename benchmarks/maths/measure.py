"""One cold visit of a page in headless Chromium: what blocks, what shifts, when maths is seen."""

from __future__ import annotations

import functools
import http.server
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser

# Runs before the page's own scripts.
WATCH = """
window.seen = {blocked: 0, shift: 0, maths: null};
new PerformanceObserver((list) => {
  for (const task of list.getEntries()) window.seen.blocked += Math.max(0, task.duration - 50);
}).observe({type: "longtask", buffered: true});
new PerformanceObserver((list) => {
  for (const moved of list.getEntries()) {
    if (!moved.hadRecentInput) window.seen.shift += moved.value;
  }
}).observe({type: "layout-shift", buffered: true});
// The first frame that holds a typeset formula whose own font is there, and the time after it.
const look = () => {
  const formula = document.querySelector(".katex-html, mjx-container");
  const drawn = formula && formula.getBoundingClientRect().height; // this asks for its font
  const letter = drawn && [...formula.querySelectorAll(".mord, mjx-c")].pop();
  const families = letter && getComputedStyle(letter, "::before").fontFamily;
  const coming = (face) => face.status === "loading" && families.includes(face.family);
  if (families && ![...document.fonts].some(coming)) {
    const done = new MessageChannel();
    done.port1.onmessage = () => (window.seen.maths = performance.now());
    done.port2.postMessage(0);
  } else requestAnimationFrame(look);
};
requestAnimationFrame(look);
"""
QUIET = 2500  # milliseconds without news before the visit ends
SELECTOR = ".katex-html, mjx-container"


def chromium() -> str:
    """The path of Chromium on this machine."""
    found = next(filter(None, map(shutil.which, ("chromium", "chromium-browser"))), None)
    if found is None:
        raise SystemExit("Chromium is not installed. Debian: apt-get install chromium")
    return found


def visit(browser: Browser, url: str, slowdown: float) -> dict[str, float]:
    """Milliseconds and shift of one visit with an empty cache, on a CPU `slowdown` times slower."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": slowdown})
    page.add_init_script(WATCH)
    page.goto(url, wait_until="load")
    page.wait_for_function(f"document.querySelectorAll('{SELECTOR}').length >= 380", timeout=60000)
    page.wait_for_function("window.seen.maths !== null")
    assert page.locator("mjx-merror, .katex-error").count() == 0, "a formula is an error"
    page.wait_for_timeout(QUIET)
    seen: dict[str, Any] = page.evaluate("window.seen")
    paint = "performance.getEntriesByName('first-contentful-paint')[0].startTime"
    seen["paint"] = page.evaluate(paint)
    seen["elements"] = page.evaluate("document.getElementsByTagName('*').length")
    context.close()
    return {key: float(value) for key, value in seen.items()}


def readable_without_script(browser: Browser, url: str) -> int:
    """How many formulas are typeset when JavaScript is off."""
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(url)
    count = page.locator(SELECTOR).count()
    context.close()
    return count


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """Serve a folder on this machine; yields its address."""
    handler = functools.partial(_Silent, directory=str(folder))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


class _Silent(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Say nothing."""
