"""Rows of tables: a cell beyond the head's would be gone without a word."""

from __future__ import annotations

from collections.abc import Iterator

from tools.book import Page
from tools.build.checks.fault import Fault
from tools.build.checks.markdown import blocks


def check(page: Page) -> Iterator[Fault]:
    for block in blocks(page.text):
        if block.kind != "table_open":
            continue
        head = _cells(block.source[0])
        for line, row in enumerate(block.source[2:], block.line + 2):
            if (count := _cells(row)) > head:
                words = f"this row has {count} cells, its head {head}: the last would be gone"
                cure = r"; within maths write \lvert or \mid for a bar, within code \|"
                yield Fault(page.path, line, words + (cure if {"$", "`"} & set(row) else ""))


def _cells(row: str) -> int:
    """How many cells Markdown sees: every bar parts two, within maths and code, too."""
    from markdown_it.rules_block.table import escapedSplit

    found = escapedSplit(row.strip(" \t>"))
    if found and not found[0].strip():
        found = found[1:]
    return len(found[:-1] if found and not found[-1].strip() else found)
