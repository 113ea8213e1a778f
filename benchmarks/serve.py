"""What an author waits for: from a save to the page that `nox -s serve` shows.

    python -m benchmarks.serve [--repeats 3]

The server runs on a copy of this book. The script in its pages is told by an event that a build
has ended; here the event is listened to in its place, and a page is then asked for. CPU seconds
are those of the server and of all its processes.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from http.client import HTTPResponse
from pathlib import Path

import psutil

from benchmarks.build import Times, copied, row
from benchmarks.generated import COPIED
from tools.files import write_atomically

AT = "http://127.0.0.1:8765"
PAGE, CONTENTS = "book/ellipse/manifold.md", "_toc.yml"
LISTED = "          - file: book/ellipse/manifold\n"
CELL, TITLE, MISTAKE = "import torch\n", "\n# Manifold\n", "\nSee {ref}`nowhere`.\n"
DRAWN = ("png", "thumbnails")
Files = dict[str, str]


@dataclass
class Server:
    """A server of a book's copy, and what its open pages hear."""

    root: Path
    process: psutil.Popen
    events: HTTPResponse

    def told(self) -> str:
        """What the next build says if it fails."""
        line = next(one for one in self.events if one.startswith(b"data: "))
        return str(json.loads(line.removeprefix(b"data: "))["failure"])

    def cpu(self) -> float:
        """Seconds of the server and of what it has started, the ended ones as well."""
        found = 0.0
        for one in (self.process, *self.process.children(recursive=True)):
            with suppress(psutil.NoSuchProcess):
                times = one.cpu_times()
                found += times.user + times.system + times.children_user + times.children_system
        return found

    def save(self, files: Files, times: Times) -> tuple[str, str]:
        """Save, wait until the open pages are told, load one; what was told, and the page."""
        begun, before = time.perf_counter(), self.cpu()
        for name, text in files.items():
            write_atomically(self.root / name, text)  # as an editor does: one change is heard
        told = self.told()
        with urllib.request.urlopen(f"{AT}/{PAGE.replace('.md', '.html')}") as answer:
            page = answer.read().decode()
        times.wall.append(time.perf_counter() - begun)
        times.cpu.append(self.cpu() - before)
        return told, page


@contextmanager
def serving(root: Path) -> Iterator[Server]:
    """A server that has built the book once."""
    port = AT.rpartition(":")[2]
    command = [sys.executable, "-m", "tools.build.serve", "--root", str(root), "--port", port]
    with (root / "serve.log").open("w") as log:
        process = psutil.Popen(command, cwd=root, stdout=log, stderr=subprocess.STDOUT)
        try:
            server = Server(root, process, _listen(process, Path(log.name)))
            if failure := server.told():
                raise SystemExit(failure)
            yield server
        finally:
            process.terminate()
            process.wait()


def _listen(process: psutil.Popen, log: Path) -> HTTPResponse:
    """The server answers when it has built once."""
    while process.poll() is None:
        with suppress(OSError):
            answer: HTTPResponse = urllib.request.urlopen(f"{AT}/-/desk/events")
            return answer
        time.sleep(0.2)
    raise SystemExit(log.read_text())


def measure(server: Server, repeats: int) -> None:
    text, contents = ((server.root / name).read_text() for name in (PAGE, CONTENTS))

    def series(name: str, note: str, *turns: tuple[Files, str]) -> None:
        """Saves of one kind, and what the page must show after each."""
        times = Times()
        for files, shown in turns:
            told, page = server.save(files, times)
            assert not told, told
            assert shown in page, shown
        row(name, times, note)

    numbers = range(1, repeats + 1)
    series(
        "prose edit",
        "goal 1 s",
        *(({PAGE: f"{text}\nOne more sentence, number {n}.\n"}, f"number {n}.") for n in numbers),
    )
    series(
        "cell changed",
        "the page runs",
        *(({PAGE: text.replace(CELL, f"{CELL}# {n}\n", 1)}, f"# {n}") for n in numbers),
    )
    mistake, mend = Times(), Times()
    for _ in numbers:
        told, _ = server.save({PAGE: text + MISTAKE}, mistake)
        assert "nowhere" in told, told
        told, _ = server.save({PAGE: text}, mend)
        assert not told, told
    row("mistake", mistake, "a reference to nothing, which Sphinx finds")
    row("mend", mend, "back to the text of the last good build")
    # Once each: all pages are written.
    series(
        "title edit",
        "shown on all pages",
        ({PAGE: text.replace(TITLE, "\n# Another\n")}, "Another"),
    )
    series("page added", "named on all pages", _added(contents))


def _added(contents: str) -> tuple[Files, str]:
    """One more page, and what all pages show of it."""
    name, title = "book/ellipse/more", "One more page"
    listed = LISTED + LISTED.replace("book/ellipse/manifold", name)
    page = f"(ellipse-more)=\n# {title}\n\nWords.\n"
    return {f"{name}.md": page, CONTENTS: contents.replace(LISTED, listed)}, title


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--repeats", type=int, default=3)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        root = copied(Path(folder, "book"), (*COPIED, *DRAWN))
        with serving(root) as server:
            row("save", "CPU s", "from the save to the page, s", "note")
            row(*["---"] * 4)
            measure(server, options.repeats)


if __name__ == "__main__":
    main()
