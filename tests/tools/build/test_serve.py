"""What the author's server changes: the reloading script may run, and torch stays loaded."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path
from typing import Any

import pytest

from _ext.theme.policy import META
from tests.helpers.executed import output
from tests.helpers.tiny import cell, make_book
from tools.book import Book
from tools.build.serve import Rebuild, Unruled, forks


def test_the_policy_is_blanked_and_the_length_stays() -> None:
    page = f"<head>{META}</head>".encode()
    sent: list[dict[str, Any]] = []

    async def app(scope: Any, receive: Any, send: Any) -> None:
        await send({"type": "http.response.start", "status": 200})
        await send({"type": "http.response.body", "body": page})

    async def send(message: Any) -> None:
        sent.append(message)

    asyncio.run(Unruled(app)({"type": "http"}, None, send))  # type: ignore[arg-type]
    body = sent[1]["body"]
    assert b"Content-Security-Policy" not in body
    assert len(body) == len(page)
    assert body.split() == [b"<head>", b"</head>"]


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux forks")
def test_a_page_is_forked_from_one_process_build_after_build(tmp_path: Path) -> None:
    who = "import os\n\nprint(os.getppid(), 'torch' in __import__('sys').modules)"
    make_book(tmp_path, one="# O\n\n" + cell(who))
    told = []
    with forks(Book(tmp_path)):
        for _ in range(2):
            Rebuild(tmp_path)()
            told.append(output(tmp_path, "one"))
            (Book(tmp_path).records / "one.json").unlink()
            (Book(tmp_path).build / "site.stamp").unlink()
    assert told[0] == told[1]
    assert "True" in told[0]
