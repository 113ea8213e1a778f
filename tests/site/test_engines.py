"""A smaller set of pages in Firefox and WebKit, served and from a folder."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from typing import Any

import pytest

from tests.site.browsers import PATIENCE, missing
from tests.site.conftest import BOOK_PAGES
from tests.site.drivers import DRIVERS
from tests.site.looks import PROBE, sheet

# The home page, one with a film, the notation, what reads a script's data; the heaviest pages.
PAGES = [
    BOOK_PAGES[0], "book/ellipse/free-energy", "book/backprop/graph", "book/appendix/notation",
    "book/appendix/runs",
]  # fmt: skip
SOUND = {
    "wide": 0, "heads": 1, "small": [], "maths": [], "markup": [], "figures": [], "cut": [],
    "errors": 0,
}  # fmt: skip
THEME = "return document.documentElement.dataset.theme;"
TOGGLE = f"document.querySelector('[data-action=theme]').click(); {THEME}"
RESULTS = "return document.querySelectorAll('.search-results li a').length;"


@pytest.fixture(scope="module", params=DRIVERS)
def session(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Any]:
    if missing(request.param):
        pytest.skip(f"{', '.join(missing(request.param))} is not installed")
    with DRIVERS[request.param](tmp_path_factory.mktemp("profile")) as session:
        yield session


@pytest.fixture(scope="module", params=["http", "file"])
def root(request: pytest.FixtureRequest, served: str, folder: str) -> str:
    return served if request.param == "http" else folder


def facts(session: Any, theme: str) -> dict[str, Any]:
    found = session.run(f"{PROBE}; return probe.facts({json.dumps(sheet(theme))});")
    return {key: found[key] for key in SOUND}


@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_sound_in_both_themes(session: Any, root: str, name: str) -> None:
    session.goto(f"{root}/{name}.html")
    assert session.run("return document.documentElement.className;").startswith("scripted ready")
    first = session.run(THEME)
    assert facts(session, first) == SOUND
    second = session.run(TOGGLE)
    assert {first, second} == {"dark", "light"}
    session.goto(f"{root}/{name}.html")
    assert session.run(THEME) == second, "the choice is not kept"
    assert facts(session, second) == SOUND
    assert session.run(TOGGLE) == first
    assert session.faults(root) == []


def test_search_finds_a_term(session: Any, root: str) -> None:
    session.goto(f"{root}/search.html?q=softargmin")
    end = time.monotonic() + PATIENCE
    while not session.run(RESULTS) and time.monotonic() < end:
        time.sleep(0.1)
    assert session.run(RESULTS) >= 1
    assert session.faults(root) == []
