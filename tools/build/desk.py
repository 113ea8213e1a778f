"""The author's desk: builds on every save, and what the open pages are told of it."""

from __future__ import annotations

import asyncio
import json
import os
import re
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import watchfiles
from sphinx_autobuild.middleware import JavascriptInjectorMiddleware
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import StreamingResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from tools.book import Book
from tools.build.build_site import GENERATED, SETTINGS, SOURCES
from tools.build.warm import Told

STATIC = Path(__file__).with_name("static")
EDITORS = re.compile(r"(\.draft|~|\.sw.)$")  # what stands beside a file while it is written
UNTOLD = ("The last good site is untouched.", "the html build failed;")
LINES = 40


class Desk:
    """Watches a book's sources, builds, and tells who listens.

    Attributes:
        failure: what the last build said if it failed, else empty.
        ended: how many builds have ended; who listens waits for the next.
    """

    def __init__(self, book: Book, build: Callable[[], Told]) -> None:
        self.book, self._build = book, build
        self.failure, self.ended = "", 0
        self._more = asyncio.Condition()

    async def build(self) -> None:
        """Build once and tell."""
        told = await asyncio.to_thread(self._build)
        self.failure = failure(told)
        async with self._more:
            self.ended += 1
            self._more.notify_all()

    @property
    def site(self) -> str:
        """The name of the site that is served: each good build has a new one."""
        return os.path.basename(os.path.realpath(self.book.build / "site"))

    @asynccontextmanager
    async def watching(self, _: Starlette) -> AsyncIterator[None]:
        """Build on every save for as long as the server runs."""
        saved = asyncio.Event()
        root, folders = self.book.root, [self.book.root / name for name in SOURCES]
        # A watch of a file ends where an editor puts another in its place; one of its folder stays.
        tasks = [
            asyncio.create_task(self._listen(saved, [root], recursive=False)),
            asyncio.create_task(self._listen(saved, [one for one in folders if one.is_dir()])),
        ]
        await self.build()
        tasks.append(asyncio.create_task(self._build_when(saved)))
        try:
            yield
        finally:
            for task in tasks:
                task.cancel()

    async def _listen(
        self, saved: asyncio.Event, folders: list[Path], *, recursive: bool = True
    ) -> None:
        """Set `saved` whenever a source below the folders, or in them alone, is saved."""
        watch = watchfiles.awatch(
            *folders,
            watch_filter=lambda _, path: self.is_source(Path(path)),
            debounce=200,
            step=20,
            recursive=recursive,
        )
        async for _ in watch:
            saved.set()

    async def _build_when(self, saved: asyncio.Event) -> None:
        while await saved.wait():
            await asyncio.sleep(0.05)  # what is saved together may be heard by both
            saved.clear()
            await self.build()

    def is_source(self, path: Path) -> bool:
        """Whether a build reads it: of the root the settings alone, and nothing that is made."""
        inside = path.relative_to(self.book.root).parts
        if len(inside) == 1:
            return inside[0] in SETTINGS
        return not (GENERATED & set(inside) or EDITORS.search(path.name))

    async def events(self, request: Request) -> StreamingResponse:
        """How things stand, now and after each build, as a browser's EventSource reads it."""
        return StreamingResponse(self._told(), media_type="text/event-stream")

    async def _told(self) -> AsyncIterator[str]:
        while True:
            ended = self.ended
            yield f"data: {json.dumps({'site': self.site, 'failure': self.failure})}\n\n"
            async with self._more:
                while self.ended == ended:
                    await self._more.wait()


def failure(told: Told) -> str:
    """What an author is to read of a build that failed."""
    if told.code == 0:
        return ""
    lines = [line for line in told.text.splitlines() if not line.startswith(UNTOLD)]
    lines = [line for line in lines if line.strip()] or ["The build ended without a word."]
    return "\n".join(lines[:LINES])


class Script:
    """Puts our script into the served pages; it comes from the site, as their policy asks."""

    def __init__(self, app: ASGIApp, desk: Desk) -> None:
        self.app, self.desk = app, desk

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        inject = JavascriptInjectorMiddleware(self.app, ws_url="")
        inject.script = f'<script src="/-/desk/desk.js?site={self.desk.site}"></script>'.encode()
        await inject(scope, receive, send)
