"""Build, serve and build again on every save; the browser reloads by itself.

    python -m tools.build.serve [--port 8000]

A failed build is told in the terminal, and the browser keeps the last good site.
"""

from __future__ import annotations

import argparse
import os
import re
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import uvicorn
from sphinx_autobuild.filter import IgnoreFilter
from sphinx_autobuild.middleware import JavascriptInjectorMiddleware
from sphinx_autobuild.server import RebuildServer
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.routing import Mount, WebSocketRoute
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from tools.book import Book, BookError
from tools.execute.fork_server import ENVIRONMENT, fork_server
from tools.execute.run_page import kernel_environment

POLICY = re.compile(rb'<meta http-equiv="Content-Security-Policy"[^>]*>')
WATCHED = ("book", "ebmlib", "_config.yml", "_toc.yml", "constraints.txt")


@dataclass(frozen=True)
class Rebuild:
    """A build in a process of its own; a class since the watcher pickles it."""

    root: Path

    def __call__(self, changed_paths: Sequence[Path] = ()) -> None:
        command = [sys.executable, "-m", "tools.build", "--root", str(self.root)]
        subprocess.run(command, cwd=Path(__file__).parents[2], check=False)


class Unruled:
    """Blanks the pages' policy: the script that reloads stands in the page. Lengths stay."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def blanked(message: Message) -> None:
            if message["type"] == "http.response.body":
                body = message.get("body", b"")
                message["body"] = POLICY.sub(lambda found: b" " * len(found[0]), body)
            await send(message)

        await self.app(scope, receive, blanked)


def app(book: Book, address: str) -> Starlette:
    """The site, with a socket that tells the page to reload after each build."""
    rebuild = Rebuild(book.root)
    rebuild()
    ignore = IgnoreFilter([str(book.build), "**/__pycache__/**"], [r".*\.draft$", r".*~$"])
    watched = [book.root / name for name in WATCHED if (book.root / name).exists()]
    watcher = RebuildServer(watched, ignore, change_callback=rebuild)
    site = StaticFiles(directory=book.build / "site", html=True, follow_symlink=True)
    return Starlette(
        routes=[
            WebSocketRoute("/websocket-reload", watcher, name="reload"),
            Mount("/", app=site, name="site"),
        ],
        middleware=[Middleware(JavascriptInjectorMiddleware, ws_url=address), Middleware(Unruled)],
        lifespan=watcher.lifespan,
    )


@contextmanager
def forks(book: Book) -> Iterator[None]:
    """Keep torch loaded between the builds: a page that is edited starts at once."""
    if sys.platform != "linux":
        yield
        return
    with fork_server(kernel_environment(book)) as address:
        os.environ[ENVIRONMENT] = address
        try:
            yield
        finally:
            del os.environ[ENVIRONMENT]


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--root", type=Path, default=Path.cwd())
    parser.add_argument("--port", type=int, default=8000)
    options = parser.parse_args()
    try:
        book = Book(options.root.resolve())
    except BookError as error:
        print(error, file=sys.stderr)
        return 1
    address = f"127.0.0.1:{options.port}"
    print(f"The book: http://{address}/ (Ctrl-C stops)")
    with forks(book):
        served = app(book, address)
        uvicorn.run(served, host="127.0.0.1", port=options.port, log_level="warning")
    return 0


if __name__ == "__main__":
    sys.exit(main())
