"""The executor runs what is stale and nothing else, and keeps what it has run."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from tests.helpers.executed import FIGURE_CELL, output, run
from tests.helpers.tiny import REPOSITORY, cell, make_book, write_module, write_page
from tools.book import Book, BookError, Page
from tools.execute.execution import execute
from tools.execute.fingerprint import fingerprint


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
    (two_pages / "constraints.txt").write_text("torch==2.13.0\nresvg_py==0.5.0\ntypes-x==1\n")
    assert run(two_pages).ran == []


def in_colours(name: str, palette: dict[str, str]) -> str:
    """A page whose one figure has these colours, hex -> name."""
    shown = {"name": name, "alt": "Words.", "palette": palette}
    return f"# {name}\n\n" + cell(
        "from IPython.display import display\n\n"
        f"display({{'application/vnd.ebmlib.figure+json': {shown}}}, raw=True)"
    )


def test_a_colour_runs_the_pages_whose_figures_have_it(tmp_path: Path) -> None:
    (tmp_path / "book").mkdir()
    sheet = tmp_path / "book" / "maths-preamble.tex"
    light = "\\definecolor{pink}{HTML}{C92688}\n\\definecolor{blue}{HTML}{0764EC}\n"
    dark = "\\definecolor{pink-dark}{HTML}{F2A0D0}\n"
    sheet.write_text(light + dark)
    rose, sea = in_colours("rose", {"#c92688": "pink"}), in_colours("sea", {"#0764ec": "blue"})
    make_book(tmp_path, rose=rose, sea=sea, counts="# Counts\n\n" + cell("1 + 1"))
    assert len(run(tmp_path).ran) == 3
    sheet.write_text(light + dark.replace("F2A0D0", "F2A0D1") + "\\newcommand{\\vx}{x}\n")
    assert run(tmp_path).ran == []  # a figure is drawn in the light theme's colours alone
    sheet.write_text(light.replace("C92688", "C92689"))
    assert run(tmp_path).ran == ["rose"]
    sheet.write_text(light.replace("blue", "sky"))
    assert run(tmp_path).ran == ["sea"]


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


def test_tables_declared_are_a_dependency(tmp_path: Path) -> None:
    reads = (
        "---\nkernelspec: {name: python3, display_name: Python 3}\n"
        "ebm: {reads: [data]}\n---\n\n# R\n\n"
        + cell("import os\n\nprint(open(os.environ['EBMLIB_TABLES'] + '/data-2.txt').read())")
    )
    make_book(tmp_path, reads=reads, writes="# W\n\n" + cell(FIGURE_CELL))
    assert run(tmp_path).ran == ["writes", "reads"]
    write_page(tmp_path, "writes", "# W\n\n" + cell(FIGURE_CELL.replace("4", "5")))
    assert run(tmp_path).ran == ["writes", "reads"]
    assert "5" in output(tmp_path, "reads")
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


def test_a_figure_named_as_it_runs_does_not_overwrite_another_pages_table(tmp_path: Path) -> None:
    """A name that no look at the source can see: the table stays, and both pages are named."""
    make_book(tmp_path, owner="# O\n\n" + cell(FIGURE_CELL), other="# Other\n")
    run(tmp_path)
    table = Book(tmp_path).tables / "data.txt"
    before = table.read_text()
    made = FIGURE_CELL.replace('"data"', '"da" + "ta"').replace("x\\n1", "x\\n7")
    assert made.count("n7") == 1
    write_page(tmp_path, "other", "# Other\n\n" + cell(made))
    for _ in range(2):
        with pytest.raises(BookError) as told:
            run(tmp_path)
        assert str(told.value).startswith("other.md:1: figure 'data' is already shown by owner.md:")
        assert table.read_text() == before
    write_page(tmp_path, "other", "# Other\n\n" + cell(made.replace('"ta"', '"tum"')))
    assert run(tmp_path).ran == ["other"]
    assert table.read_text() == before


def test_a_table_with_a_drawing_s_digits_alone_is_not_read(tmp_path: Path) -> None:
    head = "---\nkernelspec: {name: python3, display_name: Python 3}\nebm: {reads: [data]}\n---\n"
    few = FIGURE_CELL.replace('"digits": 7', '"digits": None')
    make_book(tmp_path, reads=head + "# R\n" + cell("1"), writes="# W\n\n" + cell(few))
    with pytest.raises(BookError, match=r"reads\.md:3: reads the table 'data', .*digits=7"):
        run(tmp_path)
