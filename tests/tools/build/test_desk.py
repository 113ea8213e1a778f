"""What the open pages are told of each build."""

from __future__ import annotations

import asyncio
import json
import os
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from starlette.applications import Starlette

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


FOLDERS = ("book/near", "tests/claims")


def heard(desk: Desk, *saves: Callable[[], object]) -> list[bool]:
    """Whether each save, one after another under the same watch, is followed by a build."""

    async def one(save: Callable[[], object]) -> bool:
        await asyncio.sleep(0.3)  # the watch begins, or what was saved before is built
        before = desk.ended
        save()
        for _ in range(40):
            await asyncio.sleep(0.05)
            if desk.ended > before:
                return True
        return False

    async def all_of_them() -> list[bool]:
        async with desk.watching(Starlette()):
            return [await one(save) for save in saves]

    return asyncio.run(all_of_them())


def replace(path: Path, text: str) -> None:
    """Put another file into its place, as most editors, git and `perl -pi` do."""
    other = path.with_name(f"{path.name}.draft")
    other.write_text(text)
    os.replace(other, path)


@pytest.mark.parametrize(
    "name",
    ["_toc.yml", "_config.yml", "constraints.txt", "pyproject.toml", "CHANGELOG.md",
     "book/near/one.md", "tests/claims/near.json"],
)  # fmt: skip
def test_a_source_is_heard_after_it_was_replaced_and_after_it_was_away(
    desk: Desk, name: str
) -> None:
    path = desk.book.root / name
    for folder in FOLDERS:
        (desk.book.root / folder).mkdir(parents=True)
    path.write_text("0")
    saves = (
        lambda: path.write_text("1"),
        lambda: replace(path, "2"),
        lambda: path.write_text("3"),
        path.unlink,
        lambda: path.write_text("4"),
    )
    assert heard(desk, *saves) == [True] * len(saves)


def test_what_no_build_reads_is_not_heard(desk: Desk) -> None:
    root = desk.book.root
    (root / "book" / "__pycache__").mkdir(parents=True)
    names = ("notes.txt", "_toc.yml~", ".swp", "book/one.md~", "book/.one.md.swp",
             "book/__pycache__/one.pyc", "_build/site.stamp")  # fmt: skip
    assert heard(desk, lambda: [(root / name).write_text("1") for name in names]) == [False]


def test_a_save_while_the_first_build_runs_is_built(desk: Desk) -> None:
    def build() -> Told:
        if not desk.ended:
            time.sleep(0.4)
            (desk.book.root / "_toc.yml").write_text("root: index  # saved meanwhile\n")
        return Told(0, "")

    desk._build = build

    async def wait() -> int:
        async with desk.watching(Starlette()):
            await asyncio.sleep(1)
        return desk.ended

    assert asyncio.run(wait()) == 2
