"""A book of two chapters, of which a page reads another's table."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.helpers.tiny import HEAD, cell, make_book
from tools.book import Book

RUNS = "# R\n\n" + cell("1")
READS = HEAD.replace("kernelspec", "ebm: {reads: [data]}\nkernelspec") + RUNS


@pytest.fixture
def book(tmp_path: Path) -> Book:
    pages = {"near/index": RUNS, "near/one": RUNS, "near/reads": READS, "far/one": RUNS}
    pages |= {"far/two": RUNS, "appendix/runs": RUNS}
    return Book(make_book(tmp_path, **{f"book/{name}": text for name, text in pages.items()}))
