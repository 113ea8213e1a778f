"""What the author's server changes in a page: the reloading script may run."""

from __future__ import annotations

import asyncio
from typing import Any

from _ext.theme.policy import META
from tools.serve import Unruled


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
