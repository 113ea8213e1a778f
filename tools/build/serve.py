"""Build, serve and build again on every save; the browser reloads by itself.

    python -m tools.build.serve [--port 8000]

A failed build is told in the terminal and over the open pages, which stay those of the last good
site until it is mended.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import uvicorn
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from tools.book import Book, BookError
from tools.build.desk import STATIC, Desk, Script
from tools.build.warm import Warm
from tools.execute.fork_server import ENVIRONMENT, fork_server
from tools.execute.run_page import kernel_environment


def app(desk: Desk) -> Starlette:
    """The site, with a script in each page that reloads it after a good build."""
    site = StaticFiles(
        directory=desk.book.build / "site", html=True, follow_symlink=True, check_dir=False
    )
    return Starlette(
        routes=[
            Route("/-/desk/events", desk.events),
            Mount("/-/desk", app=StaticFiles(directory=STATIC)),
            Mount("/", app=site, name="site"),
        ],
        middleware=[Middleware(Script, desk=desk)],
        lifespan=desk.watching,
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
    print(f"The book: http://127.0.0.1:{options.port}/ (Ctrl-C stops)")
    with forks(book), closing(Warm(book.root)) as warm:
        desk = Desk(book, warm.build)
        served = app(desk)
        uvicorn.run(
            served,
            host="127.0.0.1",
            port=options.port,
            log_level="warning",
            timeout_graceful_shutdown=1,  # an open page listens for ever
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())
