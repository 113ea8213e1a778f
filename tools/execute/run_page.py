"""Run one page in a kernel of its own, and say where in its source it failed."""

from __future__ import annotations

import os
import re
import time
from collections.abc import AsyncGenerator
from contextlib import AbstractAsyncContextManager, asynccontextmanager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError
from nbformat import NotebookNode

from tools.book import Book, Page, table_files
from tools.execute import false_claim

THREADS = ("OMP_NUM_THREADS", "MKL_NUM_THREADS", "OPENBLAS_NUM_THREADS", "NUMEXPR_NUM_THREADS")
ONE_THREAD = dict.fromkeys(THREADS, "1")
# Nobody's own settings: they could leave out assertions, hide warnings, change every drawing.
NOBODYS = {"PYTHONOPTIMIZE": "", "PYTHONWARNINGS": "", "MATPLOTLIBRC": os.devnull}
IN_CELL = re.compile(r"(?:Cell )?In\[\d+\], line (\d+)")
WARNING = re.compile(r"\S*ipykernel_\d+/\d+\.py:(\d+): (\w+): ")
PATIENCE = 120  # seconds for a kernel to start, or to send the last of a cell's outputs
STARTS = 3  # a port that was free may be taken before the kernel binds it


class PageError(Exception):
    """A page's cell failed: `str()` is 'FILE:LINE: the error's own text'."""


class PageClient(NotebookClient):
    """nbclient without its signal handlers: they end the kernel and then swallow Ctrl-C."""

    command: list[str] | None = None  # that starts the kernel, if not the kernel's own
    turn: AbstractAsyncContextManager[Any] = nullcontext()  # held while the cells run
    seconds = 0.0  # that they took
    claim = ""  # what a false assertion said, if one did

    @asynccontextmanager
    async def async_setup_kernel(self, **kwargs: Any) -> AsyncGenerator[None, None]:
        try:
            await self._start(**kwargs)
            async with self.turn:
                begun = time.monotonic()
                yield
                self.seconds = time.monotonic() - begun
        finally:
            if self.km is not None:
                await self._async_cleanup_kernel()

    async def async_execute_cell(
        self, cell: NotebookNode, cell_index: int, *given: Any, **options: Any
    ) -> NotebookNode:
        """As nbclient's; while the kernel still lives, a false claim is asked for its values."""
        try:
            return await super().async_execute_cell(cell, cell_index, *given, **options)
        except CellExecutionError as error:
            inside = IN_CELL.findall(_without_colours(error.traceback))
            claim = false_claim.failed(cell.source, int(inside[0])) if len(inside) == 1 else None
            own = "\nFile " not in _without_colours(error.traceback).rpartition("In[")[2]
            if claim and own and error.ename == "AssertionError":
                self.claim = false_claim.said(claim, await self._values(false_claim.asked(claim)))
            raise

    async def _values(self, expressions: list[str]) -> dict[str, str]:
        """What these expressions are in the kernel, as it would print them."""
        client: Any = self.kc  # nbclient types it as the one that blocks
        for _ in range(STARTS):  # the kernel drops what comes while it clears up after the failure
            asked = client.execute(
                "", silent=True, user_expressions={name: name for name in expressions}
            )
            content: dict[str, Any] = {"status": "none"}
            while content["status"] == "none":
                reply = await client.get_shell_msg(timeout=PATIENCE)
                if reply["parent_header"].get("msg_id") == asked:
                    content = reply["content"]
            if content["status"] == "ok":
                told = content["user_expressions"].items()
                return {n: one["data"]["text/plain"] for n, one in told if one["status"] == "ok"}
        return {}

    async def _start(self, **kwargs: Any) -> None:
        for left in reversed(range(STARTS)):
            spec = self.create_kernel_manager().kernel_spec
            if self.command and spec is not None:
                spec.argv = self.command
            try:
                await self.async_start_new_kernel(**kwargs)
                await self.async_start_new_kernel_client()
            except RuntimeError:  # it died at once, and has been cleaned up
                if not left:
                    raise
            else:
                return


@dataclass
class Deadline:
    """A page's time is one budget for all of its cells; its kernel's start has its own."""

    seconds: float
    end: float = 0.0

    def left(self, _cell: NotebookNode | None = None) -> float:
        self.end = self.end or time.monotonic() + self.seconds
        return max(0.1, self.end - time.monotonic())


async def run_page(
    book: Book,
    page: Page,
    notebook: NotebookNode,
    limit: float,
    kernel: list[str] | None = None,
    turn: AbstractAsyncContextManager[Any] | None = None,
) -> float:
    """Execute the notebook in place, one thread; returns the seconds that its cells took.

    `kernel` is the command that starts one; by default that of the installed kernel `python3`.
    `turn` is held while cells run, and not while the kernel starts and ends: that is mostly
    waiting, for the ports of one another.

    Raises:
        PageError: with the file, the line and the error's own text.
    """
    with TemporaryDirectory(prefix="page-") as folder:
        env = kernel_environment(book) | {
            "IPYTHONDIR": f"{folder}/.ipython",  # nobody's own
            "EBMLIB_TABLES": _declared_tables(book, page, folder),
        }
        client = PageClient(
            notebook,
            kernel_name="python3",
            extra_arguments=["--IPKernelApp.log_level=ERROR"],  # it warns of TCP on loopback
            timeout_func=Deadline(limit).left,
            startup_timeout=PATIENCE,
            iopub_timeout=PATIENCE,
            raise_on_iopub_timeout=True,  # rather than a page that lacks an output
            shutdown_kernel="immediate",
            record_timing=False,  # for equal bytes
            coalesce_streams=True,
            resources={"metadata": {"path": folder}},
        )
        client.command = kernel
        client.turn = turn or client.turn
        try:
            await client.async_execute(env=env)
        except CellExecutionError as error:
            raise PageError(_failure(book, page, notebook, error, client.claim)) from error
        except CellTimeoutError as error:
            line = line_of_cell(page, notebook, _running_cell(notebook))
            message = f"the page did not end within {limit:g} s; this cell was running"
            raise PageError(f"{book.relative(page.path)}:{line}: {message}") from error
        except DeadKernelError as error:
            line = line_of_cell(page, notebook, _running_cell(notebook))
            raise PageError(f"{book.relative(page.path)}:{line}: the kernel died here") from error
        except RuntimeError as error:
            raise PageError(f"{book.relative(page.path)}:1: no kernel: {error}") from error
    _refuse_warnings(book, page, notebook)
    return client.seconds


def _declared_tables(book: Book, page: Page, folder: str) -> str:
    """A folder of no other tables than those whose change runs the page again."""
    tables = Path(folder, ".tables")
    tables.mkdir()
    for name in page.reads:
        for path in table_files(book.tables, name):
            (tables / path.name).symlink_to(path)
    return str(tables)


def kernel_environment(book: Book) -> dict[str, str]:
    """One thread a page, no progress bars, a fixed hash seed; the book's own ebmlib first."""
    paths = [str(book.root), os.environ.get("PYTHONPATH", "")]
    return {
        **os.environ,
        **ONE_THREAD,
        **NOBODYS,
        "EBMLIB_QUIET": "1",
        "EBMLIB_TABLES": str(book.tables),
        "PYTHONHASHSEED": "0",
        "PYTHONPATH": os.pathsep.join(path for path in paths if path),
    }


def _failure(
    book: Book, page: Page, notebook: NotebookNode, error: CellExecutionError, claim: str
) -> str:
    cell = next(
        i
        for i, cell in enumerate(notebook.cells)
        if any(output.output_type == "error" for output in cell.get("outputs", []))
    )
    traceback = _without_colours(error.traceback)
    inside = IN_CELL.findall(traceback)
    line = line_of_cell(page, notebook, cell) + (int(inside[0]) - 1 if inside else 0)
    said = [error.ename, _without_colours(error.evalue), claim]
    own_text = ": ".join(text for text in said if text) + _cure(error)
    return f"{book.relative(page.path)}:{line}: {own_text}\n{_indented(traceback)}"


def _cure(error: CellExecutionError) -> str:
    """What to do about a package that is not there."""
    missing = re.match(r"No module named '(\w+)'", error.evalue)
    if error.ename != "ModuleNotFoundError" or not missing or missing[1] == "ebmlib":
        return ""
    return (
        f". Pages have the packages of pyproject.toml: if the book should have {missing[1]},"
        " name it there and its version in constraints.txt"
    )


def _refuse_warnings(book: Book, page: Page, notebook: NotebookNode) -> None:
    """What a cell says on stderr is meant for its author: a reader would find it on the page."""
    for i, cell in enumerate(notebook.cells):
        said = "".join(o.text for o in cell.get("outputs", []) if o.get("name") == "stderr")
        if said:
            warning = WARNING.match(said)
            line = line_of_cell(page, notebook, i) + (int(warning[1]) - 1 if warning else 0)
            what = f"warns ({warning[2]})" if warning else "writes to stderr"
            text = said[warning.end() :] if warning else said
            words = f"a cell {what}, and a page may not: {text.strip().partition(chr(10))[0]}"
            raise PageError(f"{book.relative(page.path)}:{line}: {words}\n{_indented(text)}")


def _running_cell(notebook: NotebookNode) -> int:
    """The last cell that started: nbclient numbers a cell only once it has ended."""
    code = [i for i, cell in enumerate(notebook.cells) if cell.cell_type == "code"]
    ended = [i for i in code if notebook.cells[i].get("execution_count")]
    waiting = [i for i in code if not ended or i > ended[-1]]
    return waiting[0] if waiting else code[-1]


def line_of_cell(page: Page, notebook: NotebookNode, cell: int) -> int:
    """The source line (from 1) of the first line of a cell's code, past its options."""
    start = int(notebook.metadata["source_map"][cell])
    first = notebook.cells[cell].source.partition("\n")[0]
    lines = page.text.splitlines()
    return next((i + 1 for i in range(start, len(lines)) if lines[i] == first), start + 1)


def _without_colours(text: str) -> str:
    return re.sub(r"\x1b\[[0-9;]*m", "", text)


def _indented(text: str, last: int = 12) -> str:
    return "\n".join("    " + line for line in text.strip().splitlines()[-last:])
