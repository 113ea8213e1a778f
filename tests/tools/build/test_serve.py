"""The author's server: its script keeps to the policy, a failure is told, torch stays loaded."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path
from typing import Any

import pytest
from starlette.types import ASGIApp

from tests.helpers.desk import one_page
from tests.helpers.executed import output
from tests.helpers.tiny import cell, make_book
from tools.book import Book
from tools.build.desk import Desk
from tools.build.serve import app, forks
from tools.build.warm import Warm


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return one_page(tmp_path)


def asked(served: ASGIApp, path: str) -> tuple[dict[str, str], str]:
    """The headers and the body of an answer."""
    sent: list[dict[str, Any]] = []
    at, _, query = path.partition("?")
    scope = {"type": "http", "method": "GET", "path": at, "query_string": query.encode(),
             "headers": [], "root_path": ""}  # fmt: skip

    async def receive() -> dict[str, Any]:
        await asyncio.Event().wait()  # nobody leaves
        return {}

    async def send(message: Any) -> None:
        sent.append(message)

    asyncio.run(served(scope, receive, send))  # type: ignore[arg-type]
    headers = {name.decode(): value.decode() for name, value in sent[0]["headers"]}
    return headers, b"".join(message.get("body", b"") for message in sent[1:]).decode()


def test_a_served_page_is_the_sites_with_one_script_of_the_same_origin(desk: Desk) -> None:
    headers, body = asked(app(desk), "/")
    written = (desk.book.build / "site" / "index.html").read_text()
    assert body == written + '<script src="/-/desk/desk.js?site=0001"></script>'
    assert int(headers["content-length"]) == len(body)
    assert "EventSource" in asked(app(desk), "/-/desk/desk.js?site=0001")[1]


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="only Linux forks")
def test_a_page_is_forked_from_one_process_build_after_build(tmp_path: Path) -> None:
    who = "import os\n\nprint(os.getppid(), 'torch' in __import__('sys').modules)"
    make_book(tmp_path, one="# O\n\n" + cell(who))
    said = []
    with forks(Book(tmp_path)):
        warm = Warm(tmp_path)
        for _ in range(2):
            assert warm.build().code == 0
            said.append(output(tmp_path, "one"))
            (Book(tmp_path).records / "one.json").unlink()
            (Book(tmp_path).build / "site.stamp").unlink()
        warm.close()
    assert said[0] == said[1]
    assert "True" in said[0]
