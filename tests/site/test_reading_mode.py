"""The reading mode of a browser, by the library that Firefox uses: the pictures stay."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser

from _ext.shared.npm import ensure_package
from tests.site.looks import HERE, opened

READ = """(library) => {
  const Readability = new Function(`${library}; return Readability`)();
  const pictures = (root) => root.querySelectorAll("figure :is(.ebm-picture, .ebm-sheet) > svg");
  const made = new DOMParser().parseFromString(
    new Readability(document.cloneNode(true)).parse().content, "text/html");
  return [pictures(document).length, made.querySelectorAll("figure svg").length];
}"""
# Still figures, a film and a diagram; one that moves.
PAGES = ["book/ellipse/decoder", "book/ellipse/free-energy", "book/optimise/noise"]


@pytest.mark.parametrize("name", PAGES)
def test_the_pictures_stay_in_reading_mode(browser: Browser, served: str, name: str) -> None:
    library = ensure_package("@mozilla/readability", HERE) / "Readability.js"
    with opened(browser, f"{served}/{name}.html", "light-wide", served, bypass_csp=True) as (
        page,
        _,
    ):
        there, kept = page.evaluate(READ, library.read_text("utf8"))
    assert there > 0
    assert kept == there
