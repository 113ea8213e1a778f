"""Kernels that are forked differ in nothing but the time that they take to start."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.helpers.executed import output
from tests.helpers.tiny import REPOSITORY, cell, make_book, write_module
from tools.book import Book, BookError
from tools.execute.execution import Report, execute
from tools.execute.fork_server import ENVIRONMENT, fork_server
from tools.execute.run_page import kernel_environment

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="only Linux forks")
WHO = """import os

print(os.path.basename(open(f"/proc/{os.getppid()}/cmdline").read().split(chr(0))[1]))"""


def pages(**more: str) -> dict[str, str]:
    """More pages than one worker can start at once, so that a server forks them."""
    names = {name: f"# P\n\n{cell(WHO + f'  # {name}')}" for name in ("one", "two")}
    return names | more


def run(root: Path, limit: float = 60) -> Report:
    return execute(Book(root), workers=1, limit=limit)


def running(mark: str) -> list[str]:
    """Command lines of this machine's processes that name `mark`, in command or environment."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            said = (folder / "cmdline").read_bytes() + (folder / "environ").read_bytes()
            state = (folder / "stat").read_text().rpartition(")")[2].split()[0]
        except OSError:  # it has ended, or is not ours
            continue
        if mark.encode() in said and state != "Z" and folder.name != str(os.getpid()):
            found.append((folder / "cmdline").read_bytes().decode())
    return found


def gone(mark: str, within: float = 60) -> bool:
    end = time.monotonic() + within
    while running(mark) and time.monotonic() < end:
        time.sleep(0.1)
    return not running(mark)


def test_many_pages_are_forked_and_one_is_not(tmp_path: Path) -> None:
    run(make_book(tmp_path, **pages()))
    assert output(tmp_path, "one") == output(tmp_path, "two") == "fork_server.py\n"
    (Book(tmp_path).records / "two.json").unlink()
    assert run(tmp_path).ran == ["two"]
    assert output(tmp_path, "two") != "fork_server.py\n"


def test_a_fork_sees_what_an_ordinary_kernel_sees(tmp_path: Path) -> None:
    write_module(tmp_path, "soft", "import os\nWHERE = os.path.dirname(__file__)\n")
    look = """import os, signal, sys, threading
from ebmlib.soft import WHERE

print(sys.path, sorted(os.listdir()), os.environ["PYTHONHASHSEED"], WHERE)
print(__name__, signal.getsignal(signal.SIGCHLD), signal.getsignal(signal.SIGINT), sys.flags)
print(os.environ["MPLBACKEND"], sys.stdin.closed, input.__qualname__, hash("a text"))
import matplotlib.pyplot

print(matplotlib.rcParams._get("backend"))
os.system("echo from a child")"""
    look += "\nprint(os.environ['PYTHONPATH'])"
    both = {name: "# P\n\n" + cell(f"{look}  # {name}") for name in ("first", "second")}
    run(make_book(tmp_path, **both))
    forked = output(tmp_path, "first")
    assert "backend_inline" in forked
    assert str(tmp_path / "ebmlib") in forked
    (Book(tmp_path).records / "first.json").unlink()
    run(tmp_path)
    assert output(tmp_path, "first") == forked == output(tmp_path, "second")


def test_pages_share_nothing(tmp_path: Path) -> None:
    mine = "import json\n\nprint(getattr(json, 'mine', 'nothing'))\njson.mine = 'mine'"
    make_book(tmp_path, **{name: f"# P\n\n{cell(mine + f'  # {name}')}" for name in "abc"})
    run(tmp_path)
    assert [output(tmp_path, name) for name in "abc"] == ["nothing\n"] * 3


def test_faults_are_told_as_ever_and_nothing_stays(tmp_path: Path) -> None:
    mark = f"EBMLIB_TABLES={Book(make_book(tmp_path)).tables}"
    dies, endless = cell("import os\n\nos._exit(3)"), cell("while True:\n    pass")
    make_book(tmp_path, **pages(dies="# D\n\n" + dies, endless="# E\n\n" + endless))
    with pytest.raises(BookError) as told:
        run(tmp_path, limit=4)
    assert "dies.md:10: the kernel died here" in str(told.value)
    assert "endless.md:10: the page did not end within 4 s" in str(told.value)
    assert gone(mark)


def test_a_killed_build_takes_its_forks_with_it(tmp_path: Path) -> None:
    here = tmp_path / "here"
    waits = f"import pathlib, time\n\npathlib.Path({str(here)!r}).touch()\ntime.sleep(600)"
    mark = f"EBMLIB_TABLES={Book(make_book(tmp_path)).tables}"
    make_book(tmp_path, waits="# W\n\n" + cell(waits), **pages())
    command = [sys.executable, "-m", "tools.execute", "--root", str(tmp_path), "--workers", "1"]
    with subprocess.Popen(command, cwd=REPOSITORY) as build:
        while not here.is_file() and build.poll() is None:
            time.sleep(0.1)
        assert running(mark)
        build.kill()
    assert gone(mark)


def test_without_a_server_a_kernel_is_an_ordinary_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(ENVIRONMENT, str(tmp_path / "nobody"))
    run(make_book(tmp_path, **pages()))
    assert output(tmp_path, "one") != "fork_server.py\n"


def test_a_server_that_is_there_is_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    book = Book(make_book(tmp_path, alone=pages()["one"]))
    with fork_server(kernel_environment(book), modules=["no.such.module", "json"]) as address:
        monkeypatch.setenv(ENVIRONMENT, address)
        run(tmp_path)
    assert output(tmp_path, "alone") == "fork_server.py\n"
