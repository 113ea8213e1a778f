"""A process that has loaded all that a build needs, and forks one for each save.

Starting Python, Sphinx and its extensions and reading Sphinx's memory takes longer than to write a
page. Here it is done ahead. A build is a fork: what it does to the memory, or a crash of it, is
gone with it. Where the book's own extensions or tools have changed, a new process takes over.
"""

from __future__ import annotations

import gc
import importlib
import json
import os
import pickle
import select
import signal
import subprocess
import sys
import tempfile
import traceback
import warnings
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace
from typing import IO, Any

from tools.book import Book, BookError
from tools.build.learn import compile_schemas, keep_found, known, learn, more

MODULES = (
    "jupyter_book.sphinx", "myst_nb.sphinx_ext", "sphinx_book_theme", "sphinx_design",
    "sphinx_exercise", "sphinx_markdown_builder", "sphinx_togglebutton", "sphinx_copybutton",
    "sphinxcontrib.bibtex", "sphinx_external_toc", "sphinx.search.en", "sphinx.builders.html",
    "tools.build.check", "tools.build.checks.outputs", "tools.build.finished",
    "tools.build.kept_outputs", "tools.build.parallel", "tools.build.site",
    "tools.build.sphinx_build", "tools.execute.execution", "tools.diagrams",
)  # fmt: skip
MEMORY = Path("_build", "work", "doctrees", "environment.pickle")


@dataclass(frozen=True)
class Told:
    """How a build ended and what it said."""

    code: int
    text: str


class Warm:
    """Builds of a book by a process that is kept for the next one; started when first asked."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._process: subprocess.Popen[str] | None = None

    def build(self) -> Told:
        """Build; if the process has ended, or is older than the tools, by a new one."""
        for _ in range(3):
            if answer := self._ask():
                return Told(answer["code"], answer["text"])
            self.close()
        return Told(1, "the process that builds ends before it answers")

    def _ask(self) -> dict[str, Any] | None:
        process = self._running()
        assert process.stdin is not None
        assert process.stdout is not None
        with suppress(OSError, ValueError):
            process.stdin.write("build\n")
            process.stdin.flush()
            answer: dict[str, Any] = json.loads(process.stdout.readline())
            return answer
        return None

    def _running(self) -> subprocess.Popen[str]:
        if self._process is not None and self._process.poll() is not None:
            self.close()
        if self._process is None:
            command = [sys.executable, "-m", "tools.build.warm", str(self.root)]
            self._process = subprocess.Popen(
                command,
                cwd=Path(__file__).parents[2],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                text=True,
            )
        return self._process

    def close(self) -> None:
        """End the process, and its pipes with it."""
        if self._process is not None:
            try:
                with suppress(OSError):
                    self._process.communicate(timeout=10)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.communicate()
            self._process = None


def serve(root: Path) -> None:
    """Answer each line of the input with a build, until the input ends or the tools change."""
    answers = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)  # what is printed is for the terminal
    keep_found()
    _load(root)
    files = _own_files()
    loaded = _times(files)
    memory = _remembered(root, {})
    for _ in sys.stdin:
        if _times(files) != loaded:
            return
        told = _forked(root, memory)
        answers.write(json.dumps({"code": told.code, "text": told.text}) + "\n")
        answers.flush()
        memory = _remembered(root, memory)


def _load(root: Path) -> None:
    with suppress(BookError):
        sphinx = Book(root).config.get("sphinx")
        local = sphinx.get("local_extensions") if isinstance(sphinx, dict) else None
        for name, folder in (local or {}).items():
            place = str((root / str(folder)).resolve())
            sys.path[:] = [place, *(one for one in sys.path if one != place)]
            with suppress(Exception):  # the build will tell
                importlib.import_module(str(name))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for module in MODULES:
            importlib.import_module(module)
        compile_schemas()


def _own_files() -> list[str]:
    """The loaded files of the book's extensions and tools; packages stay as they are."""
    files = (getattr(module, "__file__", None) for module in list(sys.modules.values()))
    names = ("tools", "_ext")
    return [one for one in files if one and any(f"{os.sep}{name}{os.sep}" in one for name in names)]


def _times(files: list[str]) -> list[int]:
    return [os.stat(file).st_mtime_ns if os.path.exists(file) else 0 for file in files]


def _remembered(root: Path, before: dict[str, Any]) -> dict[str, Any]:
    """Sphinx's memory of the last good build, with what its file was when it was read."""
    path = root / MEMORY
    with suppress(Exception):  # a build reads it for itself, and tells
        stamp = _stamp(path)
        if before and stamp == before["stamp"]:
            return before
        env = pickle.loads(path.read_bytes())
        gc.collect()
        gc.freeze()  # what all share is not searched again in each fork
        return {"stamp": stamp, "env": env}
    return {}


def _stamp(path: Path) -> tuple[int, int, int]:
    facts = path.stat()
    return facts.st_ino, facts.st_size, facts.st_mtime_ns


def _forked(root: Path, memory: dict[str, Any]) -> Told:
    """What a build in a fork says; it is shown while it runs."""
    reader, writer = os.pipe()
    sys.stderr.flush()
    with tempfile.TemporaryFile() as note:
        told = _in_fork(root, memory, reader, writer, note)
        note.seek(0)
        with suppress(ValueError):  # a full disk takes no note
            learn(json.loads(note.read()))
    return told


def _in_fork(root: Path, memory: dict[str, Any], reader: int, writer: int, note: IO[bytes]) -> Told:
    """The same; the fork notes what it has learnt."""
    if (fork := os.fork()) == 0:
        os.close(reader)
        for number in (1, 2):
            os.dup2(writer, number)
        before, code = known(), 99
        try:
            code = _build(root, memory)
            if code == 0:
                note.write(json.dumps(more(known(), before)).encode())
                note.flush()
        finally:
            os._exit(code)
    os.close(writer)
    with os.fdopen(reader, "rb", buffering=0) as said:
        text, code = _listen(fork, said)
    return Told(code, text)


def _listen(fork: int, said: IO[bytes]) -> tuple[str, int]:
    """Relay until the fork has ended: what it has started may hold the pipe longer."""
    text, pid, status = b"", 0, 0
    while not pid:
        select.select([said], [], [], 0.02)
        pid, status = os.waitpid(fork, os.WNOHANG)
        while select.select([said], [], [], 0)[0] and (part := said.read(65536)):
            text += part
            os.write(2, part)
    return text.decode("utf8", "replace"), os.waitstatus_to_exitcode(status)


def _build(root: Path, memory: dict[str, Any]) -> int:
    from tools.build.__main__ import run
    from tools.build.sphinx_build import seldom_collected

    signal.signal(signal.SIGINT, signal.SIG_DFL)
    _hand_over(root, memory)
    try:
        with seldom_collected():
            return run(root)
    except BaseException:
        traceback.print_exc()
        return 99
    finally:
        sys.stdout.flush()
        sys.stderr.flush()


def _hand_over(root: Path, memory: dict[str, Any]) -> None:
    """Let Sphinx find its memory read already, if the file is still the one that was read."""
    from sphinx import application

    def load(file: IO[bytes]) -> Any:
        with suppress(OSError):
            if memory and _stamp(Path(file.name)) == memory["stamp"]:
                return memory["env"]
        return pickle.load(file)

    vars(application)["pickle"] = SimpleNamespace(load=load, dump=pickle.dump)


if __name__ == "__main__":
    serve(Path(sys.argv[1]))
