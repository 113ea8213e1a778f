"""The executor runs what is stale and nothing else, and keeps what it has run."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from tests.tools.tiny import REPOSITORY, cell, make_book, write_module, write_page
from tools.book import Book, BookError, Page
from tools.execute.cache import ExecutionCache
from tools.execute.execution import Report, execute
from tools.execute.fingerprint import fingerprint
from tools.execute.run_page import PageClient


def run(root: Path, limit: float = 60) -> Report:
    return execute(Book(root), workers=2, limit=limit)


def output(root: Path, docname: str) -> str:
    book = Book(root)
    page = next(page for page in book.pages if page.docname == docname)
    cells = ExecutionCache(book).outputs(page).cells
    return "".join(o.get("text", "") for c in cells for o in c.get("outputs", []))


@pytest.fixture
def two_pages(tmp_path: Path) -> Path:
    """Page `one` reaches soft through energy; page `two` reaches no module."""
    write_module(tmp_path, "soft", "VALUE = 1\n")
    write_module(
        tmp_path, "energy", "def f():\n    from ebmlib.soft import VALUE\n    return VALUE\n"
    )
    one = "# One\n\n" + cell("from ebmlib.energy import f\nprint(f())")
    return make_book(tmp_path, one=one, two="# Two\n\n" + cell("print('two')"))


def test_only_stale_pages_run(two_pages: Path) -> None:
    assert sorted(run(two_pages).ran) == ["one", "two"]
    assert run(two_pages).ran == []


def test_each_page_s_fingerprint_is_computed_once(
    two_pages: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = []

    def noted(book: Book, page: Page, *rest: Any) -> str:
        asked.append(page.docname)
        return fingerprint(book, page, *rest)

    monkeypatch.setattr("tools.execute.execution.fingerprint", noted)
    assert sorted(run(two_pages).ran) == asked == ["one", "two"]


def test_prose_runs_nothing_and_a_cell_runs_its_page(two_pages: Path) -> None:
    run(two_pages)
    write_page(two_pages, "two", "# Two\n\nOther prose.\n\n" + cell("print('two')"))
    assert run(two_pages).ran == []
    write_page(two_pages, "two", "# Two\n\n" + cell("print('three')"))
    assert run(two_pages).ran == ["two"]
    assert output(two_pages, "two") == "three\n"


def test_a_module_runs_the_pages_that_reach_it(two_pages: Path) -> None:
    run(two_pages)
    write_module(two_pages, "soft", "VALUE = 2\n")
    write_module(two_pages, "stranger", "VALUE = 3\n")
    assert run(two_pages).ran == ["one"]
    assert output(two_pages, "one") == "2\n"


def test_the_pins_run_everything(two_pages: Path) -> None:
    run(two_pages)
    (two_pages / "constraints.txt").write_text("torch==2.13.0\n")
    assert len(run(two_pages).ran) == 2
    (two_pages / "constraints.txt").write_text("# a comment\ntorch==2.13.0\n")
    assert run(two_pages).ran == []
    # what comes after a run, such as the tool that turns its drawings into pixels
    (two_pages / "constraints.txt").write_text("torch==2.13.0\nresvg_py==0.5.0\n")
    assert run(two_pages).ran == []


def test_colours_run_the_pages_that_draw(tmp_path: Path) -> None:
    write_module(tmp_path, "plot.canvas.palette", "COLOUR = 'pink'\n")
    (tmp_path / "book").mkdir()
    sheet = tmp_path / "book" / "maths-preamble.tex"
    sheet.write_text("\\definecolor{pink}{HTML}{C92688}\n")
    draws = cell("from ebmlib.plot.canvas.palette import COLOUR")
    make_book(tmp_path, draws="# Draws\n\n" + draws, counts="# Counts\n\n" + cell("1 + 1"))
    run(tmp_path)
    sheet.write_text("\\definecolor{pink}{HTML}{C92688}\n\\newcommand{\\vx}{x}\n")
    assert run(tmp_path).ran == []
    sheet.write_text("\\definecolor{pink}{HTML}{C92689}\n")
    assert run(tmp_path).ran == ["draws"]


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
    assert re.search(r"warns\.md:\d+: the cell warns", str(told.value))
    assert output(tmp_path, "draws") == "1.5\n"


def test_a_dead_kernel_is_told(tmp_path: Path) -> None:
    make_book(tmp_path, dies="# D\n\n" + cell("import os\n\nos._exit(1)"))
    with pytest.raises(BookError, match=r"dies\.md:\d+: the kernel died"):
        run(tmp_path)


@pytest.mark.parametrize("damage", ["truncate", "delete"])
def test_a_corrupt_entry_is_discarded_with_a_line(
    two_pages: Path, capsys: pytest.CaptureFixture[str], damage: str
) -> None:
    run(two_pages)
    book = Book(two_pages)
    key = ExecutionCache(book).record(book.notebooks[0])
    assert key is not None
    path = book.cache / "executed" / key.key / "base.ipynb"
    path.write_text(path.read_text()[:100]) if damage == "truncate" else path.unlink()
    capsys.readouterr()
    assert run(two_pages).ran == ["one"]
    assert "cache: discarded the corrupt entry of one" in capsys.readouterr().out
    assert output(two_pages, "one") == "1\n"


def test_a_corrupt_index_is_discarded_with_a_line(
    two_pages: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(two_pages)
    (Book(two_pages).cache / "global.db").write_bytes(b"no database at all" * 100)
    assert len(run(two_pages).ran) == 2
    assert "cache: discarded, its index cannot be read" in capsys.readouterr().out


def test_an_index_that_is_lost_runs_every_page(
    two_pages: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Else myst-nb, which looks there, would run them in its own way."""
    run(two_pages)
    (Book(two_pages).cache / "global.db").unlink()
    assert len(run(two_pages).ran) == 2
    assert "cache: discarded the corrupt entry of one" in capsys.readouterr().out
    assert run(two_pages).ran == []


def hear_an_interrupt() -> None:
    """A shell lets what it runs in the background ignore Ctrl-C, and children inherit that."""
    signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGKILL])
def test_an_interrupted_execution_resumes(tmp_path: Path, how: signal.Signals) -> None:
    slow = "# S\n\n" + cell("import time\n\ntime.sleep(600)")
    make_book(tmp_path, quick="# Q\n\n" + cell("print('quick')"), slow=slow)
    command = [sys.executable, "-m", "tools.execute", "--root", str(tmp_path), "--workers", "2"]
    started = subprocess.Popen(
        command,
        cwd=REPOSITORY,
        env={**os.environ, "PYTHONPATH": "."},
        preexec_fn=hear_an_interrupt,
    )
    record = Book(tmp_path).records / "quick.json"
    end = time.monotonic() + 200
    while not record.is_file() and started.poll() is None and time.monotonic() < end:
        time.sleep(0.1)
    started.send_signal(how)
    started.wait(120)
    write_page(tmp_path, "slow", "# S\n\n" + cell("print('not slow')"))
    report = run(tmp_path)
    assert (report.ran, report.kept) == (["slow"], ["quick"])
    assert output(tmp_path, "quick") == "quick\n"


FIGURE_CELL = """from IPython.display import display

bundle = {"name": "data", "alt": "", "table": "x\\n1\\n"}
display({"application/vnd.ebmlib.figure+json": bundle}, raw=True)"""


def test_tables_declared_are_a_dependency(tmp_path: Path) -> None:
    reads = (
        "---\nkernelspec: {name: python3, display_name: Python 3}\n"
        "ebm: {reads: [data]}\n---\n\n# R\n\n"
        + cell("import os\n\nprint(open(os.environ['EBMLIB_TABLES'] + '/data.txt').read())")
    )
    make_book(tmp_path, reads=reads, writes="# W\n\n" + cell(FIGURE_CELL))
    assert run(tmp_path).ran == ["writes", "reads"]
    write_page(tmp_path, "writes", "# W\n\n" + cell(FIGURE_CELL.replace("1", "2")))
    assert run(tmp_path).ran == ["writes", "reads"]
    assert "2" in output(tmp_path, "reads")
    assert run(tmp_path).ran == []


def test_a_table_that_is_not_declared_is_not_there(tmp_path: Path) -> None:
    reads = "# R\n\n" + cell("import os\n\nopen(os.environ['EBMLIB_TABLES'] + '/data.txt')")
    make_book(tmp_path, writes="# W\n\n" + cell(FIGURE_CELL))
    run(tmp_path)
    make_book(tmp_path, writes="# W\n\n" + cell(FIGURE_CELL), reads=reads)
    with pytest.raises(BookError, match=r"reads\.md:\d+: FileNotFoundError"):
        run(tmp_path)


def test_a_table_that_nobody_writes_is_told(tmp_path: Path) -> None:
    reads = (
        "---\nkernelspec: {name: python3, display_name: Python 3}\nebm: {reads: [gone]}\n---\n# R\n"
    )
    make_book(tmp_path, reads=reads + cell("1"))
    with pytest.raises(BookError, match=r"reads\.md:3: declares to read the table 'gone'"):
        run(tmp_path)


def test_a_table_that_nobody_writes_any_more_is_told(tmp_path: Path) -> None:
    head = "---\nkernelspec: {name: python3, display_name: Python 3}\nebm: {reads: [data]}\n---\n"
    make_book(tmp_path, reads=head + "# R\n" + cell("1"), writes="# W\n\n" + cell(FIGURE_CELL))
    run(tmp_path)
    write_page(tmp_path, "writes", "# W\n\n" + cell(FIGURE_CELL.replace("data", "other")))
    for _ in range(2):
        with pytest.raises(BookError, match=r"reads\.md:3: declares to read the table 'data'"):
            run(tmp_path)


def test_a_lost_table_comes_back_without_a_run(tmp_path: Path) -> None:
    make_book(tmp_path, writes="# W\n\n" + cell(FIGURE_CELL))
    run(tmp_path)
    table = Book(tmp_path).tables / "data.txt"
    table.unlink()
    assert run(tmp_path).ran == []
    assert table.read_text() == "x\n1\n"


def test_no_more_pages_run_cells_at_once_than_there_are_workers(tmp_path: Path) -> None:
    diary = tmp_path / "diary"
    line = f"open({str(diary)!r}, 'a').write"
    names = ("one", "two", "three")
    pages = {
        name: f"# {name}\n\n" + cell(f"import time\n\n_ = {line}('begins ')\ntime.sleep(0.5)")
        + cell(f"_ = {line}('ends ')")
        for name in names
    }  # fmt: skip
    execute(Book(make_book(tmp_path / "book", **pages)), workers=1)
    assert diary.read_text() == "begins ends " * len(names)
