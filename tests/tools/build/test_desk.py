"""What the open pages are told of each build."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path

import pytest

from tests.helpers.desk import one_page, site
from tools.build.desk import Desk, failure
from tools.build.warm import Told

FAULT = "one.md:3: WARNING: undefined label: 'nowhere'"


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return one_page(tmp_path)


def told(desk: Desk, builds: list[Told]) -> list[dict[str, str]]:
    """What a page hears when it opens, and after each of these builds."""
    heard: list[dict[str, str]] = []
    answers = iter(builds)
    desk._build = lambda: next(answers)

    async def listen() -> None:
        stream = desk._told()
        heard.append(json.loads((await anext(stream)).removeprefix("data: ")))
        for _ in builds:
            await desk.build()
            heard.append(json.loads((await anext(stream)).removeprefix("data: ")))

    asyncio.run(listen())
    return heard


def test_a_failure_is_told_until_it_is_mended(desk: Desk) -> None:
    failed = Told(1, f"{FAULT}\nthe html build failed; the messages above name file and line.\n")
    heard = told(desk, [failed, Told(0, "0 pages run")])
    assert [one["failure"] for one in heard] == ["", FAULT, ""]
    assert {one["site"] for one in heard} == {"0001"}


def test_a_page_that_opens_after_a_failure_hears_of_it(desk: Desk) -> None:
    told(desk, [Told(1, FAULT)])
    assert told(desk, [])[0]["failure"] == FAULT


def test_a_new_site_has_a_new_name(desk: Desk) -> None:
    assert desk.site == "0001"
    site(desk.book.root, "0002")
    assert desk.site == "0002"


def test_a_build_that_dies_without_a_word_is_a_failure_too() -> None:
    assert failure(Told(-9, "")) == "The build ended without a word."
