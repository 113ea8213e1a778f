"""A page runs in a kernel of its own and nobody's settings; failures are told by their line."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.helpers.executed import output, run
from tests.helpers.tiny import cell, make_book, write_page
from tools.book import BookError
from tools.execute.run_page import PageClient


def test_a_failing_cell_names_file_line_and_error_and_the_others_are_kept(tmp_path: Path) -> None:
    bad = "# Bad\n\nProse.\n\n" + cell(":tags: [hide-input]\n\nx = 1\nassert x == 2, 'x is not 2'")
    make_book(tmp_path, good="# Good\n\n" + cell("print('good')"), bad=bad)
    lines = (tmp_path / "bad.md").read_text().splitlines()
    line = lines.index("assert x == 2, 'x is not 2'") + 1
    for _ in range(2):  # it fails again, and the good page is not run again
        with pytest.raises(BookError, match=rf"bad\.md:{line}: AssertionError: x is not 2"):
            run(tmp_path)
    write_page(tmp_path, "bad", "# Bad\n\n" + cell("x = 2"))
    assert run(tmp_path).ran == ["bad"]


def test_a_page_that_never_ends_is_stopped(tmp_path: Path) -> None:
    make_book(tmp_path, endless="# E\n\n" + cell("x = 1") + cell("while True:\n    pass"))
    line = (tmp_path / "endless.md").read_text().splitlines().index("while True:") + 1
    with pytest.raises(BookError, match=rf"endless\.md:{line}: the page did not end within 4 s"):
        run(tmp_path, limit=4)


def test_a_kernel_that_dies_at_its_start_is_started_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As one does whose port another process was given in the meantime."""
    make_book(tmp_path, page="# P\n\n" + cell("print('here')"))
    start, tries = PageClient.async_start_new_kernel, []

    async def first_fails(client: PageClient, **kwargs: object) -> None:
        tries.append(client)
        if len(tries) == 1:
            raise RuntimeError("Kernel died before replying to kernel_info")
        await start(client, **kwargs)

    monkeypatch.setattr(PageClient, "async_start_new_kernel", first_fails)
    assert run(tmp_path).ran == ["page"]
    assert output(tmp_path, "page") == "here\n"
    assert len(tries) == 2


def test_a_page_runs_in_nobodys_profile(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    startup = tmp_path / "own" / "profile_default" / "startup" / "mine.py"
    startup.parent.mkdir(parents=True)
    startup.write_text("x = 'my own'\n")
    monkeypatch.setenv("IPYTHONDIR", str(tmp_path / "own"))
    make_book(tmp_path, page="# P\n\n" + cell("print(globals().get('x'))"))
    run(tmp_path)
    assert output(tmp_path, "page") == "None\n"


def test_a_page_keeps_to_nobodys_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "matplotlibrc").write_text("lines.linewidth: 9\n")
    monkeypatch.setenv("MATPLOTLIBRC", str(tmp_path / "matplotlibrc"))
    width = cell("import matplotlib as mpl\n\nprint(mpl.rcParams['lines.linewidth'])")
    monkeypatch.setenv("PYTHONOPTIMIZE", "1")
    monkeypatch.setenv("PYTHONWARNINGS", "ignore")
    warns = cell("import warnings\n\nwarnings.warn('slow')")
    claims = "# C\n\n" + cell("assert 1 == 2")
    make_book(tmp_path, draws="# D\n\n" + width, claims=claims, warns="# W\n\n" + warns)
    with pytest.raises(BookError) as told:
        run(tmp_path)
    assert re.search(r"claims\.md:\d+: AssertionError", str(told.value))
    assert re.search(
        r"warns\.md:\d+: a cell warns \(UserWarning\), and a page may not: slow", str(told.value)
    )
    assert output(tmp_path, "draws") == "1.5\n"


def test_a_dead_kernel_is_told(tmp_path: Path) -> None:
    make_book(tmp_path, dies="# D\n\n" + cell("import os\n\nos._exit(1)"))
    with pytest.raises(BookError, match=r"dies\.md:\d+: the kernel died"):
        run(tmp_path)
