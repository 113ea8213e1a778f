"""Run a tiny book's pages or build its site, and what its pages print."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from tests.helpers.tiny import REPOSITORY
from tools.book import Book
from tools.execute.cache import ExecutionCache
from tools.execute.execution import Report, execute

FIGURE_CELL = """from IPython.display import display

name = "data"
tables = [[name + ".txt", "x\\n1\\n"], [name + "-2.txt", "y\\n4\\n"]]
bundle = {"name": name, "alt": "", "tables": tables, "digits": 7}
display({"application/vnd.ebmlib.figure+json": bundle}, raw=True)"""


def run(root: Path, limit: float = 60) -> Report:
    return execute(Book(root), workers=2, limit=limit)


def output(root: Path, docname: str) -> str:
    book = Book(root)
    page = next(page for page in book.pages if page.docname == docname)
    cells = ExecutionCache(book).outputs(page).cells
    return "".join(o.get("text", "") for c in cells for o in c.get("outputs", []))


def build(root: Path, *options: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "tools.build", "--root", str(root), *options]
    return subprocess.run(command, cwd=REPOSITORY, capture_output=True, text=True, check=False)
