"""One cold visit of a page in headless Chromium: what blocks, what shifts, when maths is seen."""

from __future__ import annotations

import functools
import http.server
import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, Response, sync_playwright

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


@contextmanager
def cold(
    browser: Browser, url: str, slowdown: float, hear: Callable[[Response], Any] = lambda _: None
) -> Iterator[Page]:
    """A page opened with an empty cache, on a CPU `slowdown` times slower; `hear` gets answers."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": slowdown})
    page.add_init_script(WATCH)
    page.on("response", lambda answer: hear(answer))  # playwright wraps it
    page.goto(url, wait_until="load")
    yield page
    context.close()


def seen(page: Page) -> dict[str, float]:
    """What WATCH has seen once the page is quiet: milliseconds, shift, elements."""
    page.wait_for_timeout(QUIET)
    found: dict[str, Any] = page.evaluate("window.seen")
    paint = "performance.getEntriesByName('first-contentful-paint')[0].startTime"
    found["paint"] = page.evaluate(paint)
    found["elements"] = page.evaluate("document.getElementsByTagName('*').length")
    return {key: float(value or 0) for key, value in found.items()}


def in_turn(
    stack: ExitStack,
    sites: dict[str, Path],
    page: str,
    runs: int,
    visit: Callable[[Browser, str], dict[str, float]],
) -> tuple[Browser, dict[str, str], dict[str, list[dict[str, float]]]]:
    """Visit a page of each site, site after site, so that what else runs disturbs all alike.

    Returns the browser, the page's address in each site, and what each visit saw.
    """
    urls = {name: f"{stack.enter_context(served(at))}/{page}.html" for name, at in sites.items()}
    playwright = stack.enter_context(sync_playwright())
    browser = playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox"])
    stack.callback(browser.close)
    found: dict[str, list[dict[str, float]]] = {name: [] for name in urls}
    for _ in range(runs):
        for name, url in urls.items():
            found[name].append(visit(browser, url))
    return browser, urls, found


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
