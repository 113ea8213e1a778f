"""Builds by forks of a process that is kept: each is right, whatever became of the one before."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.helpers.tiny import make_book, write_page
from tools.build.warm import Warm

pytestmark = pytest.mark.slow


@pytest.fixture
def warm(tmp_path: Path) -> Iterator[Warm]:
    make_book(tmp_path, one="# One\n\nProse.\n", two="# Two\n\nSee [one](one.md).\n")
    found = Warm(tmp_path)
    yield found
    found.close()


def page(warm: Warm, name: str) -> str:
    return (warm.root / "_build" / "site" / f"{name}.html").read_text()


def test_a_mistake_is_told_twice_and_then_mended(warm: Warm) -> None:
    assert warm.build().code == 0
    write_page(warm.root, "one", "# One\n\nSee {ref}`nowhere`.\n")
    for _ in range(2):
        told = warm.build()
        assert told.code == 1
        assert "one.md:3: WARNING: undefined label: 'nowhere'" in told.text
    write_page(warm.root, "one", "# First\n\nMended.\n")
    assert warm.build().code == 0
    assert "Mended." in page(warm, "one")


def test_builds_come_from_one_process(warm: Warm) -> None:
    assert warm.build().code == 0
    first = warm._process
    write_page(warm.root, "one", "# One\n\nMore.\n")
    assert warm.build().code == 0
    assert warm._process is first
    assert "More." in page(warm, "one")


def test_after_a_crash_of_a_build_the_next_is_right(warm: Warm) -> None:
    assert warm.build().code == 0
    extension = warm.root / "crash.py"
    extension.write_text("import os\n\n\ndef setup(app):\n    os.kill(os.getpid(), 9)\n")
    config = warm.root / "_config.yml"
    good = config.read_text()
    config.write_text(good.replace("{_ext.", "{crash: ., _ext."))
    assert warm.build().code == -signal.SIGKILL
    config.write_text(good)
    write_page(warm.root, "one", "# One\n\nAfter it.\n")
    assert warm.build().code == 0
    assert "After it." in page(warm, "one")


def test_after_the_end_of_the_process_another_builds(warm: Warm) -> None:
    assert warm.build().code == 0
    assert warm._process is not None
    os.kill(warm._process.pid, signal.SIGKILL)
    warm._process.wait()
    write_page(warm.root, "two", "# Two\n\nAgain.\n")
    assert warm.build().code == 0
    assert "Again." in page(warm, "two")
