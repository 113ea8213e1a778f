"""Every page, dark and light, wide and phone, served and from a folder."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Browser, Page

from tests.site.conftest import SITE
from tests.tools.tiny import REPOSITORY
from tools.book import Book

DOCNAMES = [page.docname for page in Book(REPOSITORY).pages]
LOOKS = {
    "dark-wide": ("dark", 1280, 900),
    "light-wide": ("light", 1280, 900),
    "dark-phone": ("dark", 390, 844),
    "light-phone": ("light", 390, 844),
}
# Texts that are seen, in CSS pixels on the screen; what is only read aloud is a pixel wide.
SMALL_TEXT = """() => {
  const small = [];
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) {
    const node = walk.currentNode, box = node.parentElement;
    if (!node.data.trim() || !box.checkVisibility()) continue;
    if (box.closest('svg, .katex, sup, sub')) continue;
    const size = parseFloat(getComputedStyle(box).fontSize);
    const seen = box.getBoundingClientRect().width > 2;
    if (size < 11 && seen) small.push(`${size} ${node.data.trim()}`);
  }
  return small;
}"""


@contextmanager
def opened(browser: Browser, address: str, look: str) -> Iterator[tuple[Page, list[str]]]:
    """A page in a browser of its own, and what went wrong on the way."""
    scheme, width, height = LOOKS[look]
    faults: list[str] = []
    context = browser.new_context(
        viewport={"width": width, "height": height}, color_scheme=scheme, reduced_motion="reduce"
    )
    page = context.new_page()
    page.on("console", lambda m: faults.append(m.text) if m.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("requestfailed", lambda request: faults.append(f"failed: {request.url}"))
    own = address.split("/book/")[0]
    inline = ("data:", "blob:", own)
    page.on(
        "request",
        lambda request: (
            faults.append(f"foreign: {request.url}") if not request.url.startswith(inline) else None
        ),
    )
    page.goto(address)
    yield page, faults
    context.close()


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("docname", DOCNAMES)
def test_a_page_is_sound(browser: Browser, served: str, docname: str, look: str) -> None:
    with opened(browser, f"{served}/{docname}.html", look) as (page, faults):
        assert faults == []
        wide = page.evaluate("document.scrollingElement.scrollWidth")
        assert wide <= LOOKS[look][1], "the page scrolls sideways"
        assert page.locator("h1").count() == 1
        assert page.evaluate(SMALL_TEXT) == []
        assert page.locator(".katex-error").count() == 0


@pytest.mark.parametrize("docname", DOCNAMES)
def test_a_page_opens_from_a_folder(browser: Browser, docname: str) -> None:
    site = SITE.resolve()
    with opened(browser, f"file://{site}/{docname}.html", "dark-wide") as (page, faults):
        assert faults == []
        assert page.locator("h1").count() == 1


@pytest.mark.parametrize("docname", DOCNAMES)
def test_links_and_anchors_resolve(browser: Browser, served: str, docname: str) -> None:
    with opened(browser, f"{served}/{docname}.html", "light-wide") as (page, _):
        links = page.evaluate("[...document.links].map(a => a.href)")
        lost = []
        for link in sorted(set(links)):
            if not link.startswith(served):
                continue
            path, _, anchor = link[len(served) + 1 :].partition("#")
            file = SITE / (path.partition("?")[0] or "index.html")
            if not file.is_file():
                lost.append(link)
            elif anchor and file.suffix == ".html":
                text = file.read_text(encoding="utf8")
                if f'id="{anchor}"' not in text and f"id='{anchor}'" not in text:
                    lost.append(link)
        assert lost == []


@pytest.mark.parametrize("docname", DOCNAMES)
def test_a_page_reads_without_scripts(browser: Browser, served: str, docname: str) -> None:
    context = browser.new_context(
        java_script_enabled=False, viewport={"width": 1280, "height": 900}
    )
    page = context.new_page()
    page.goto(f"{served}/{docname}.html")
    assert page.locator("h1").is_visible()
    for maths in page.locator(".katex").all()[:3]:
        assert maths.is_visible() or maths.evaluate("m => !!m.closest('details')")
    context.close()


def test_next_walks_the_whole_book(browser: Browser, served: str) -> None:
    with opened(browser, f"{served}/{DOCNAMES[0]}.html", "light-wide") as (page, _):
        walked = [page.url]
        while page.locator("a[rel=next], a.right-next").count():
            page.locator("a[rel=next], a.right-next").first.click()
            walked.append(page.url)
            assert len(walked) <= len(DOCNAMES)
        assert walked == [f"{served}/{name}.html" for name in DOCNAMES]
