"""Tables: rows whose cells are not as many as the head's, and tables that Markdown takes for words.

A cell too many would be gone without a word, one that lacks would be empty without a word.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from tools.book import Page
from tools.build.checks.fault import Fault
from tools.build.checks.markdown import Block, blocks

DASHES = re.compile(r"(?=.*\|)\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?")
ROW = re.compile(r"\|.*\|")
SHOWN = "and the table would stand on the page as it is typed"


def check(page: Page) -> Iterator[Fault]:
    rows: set[int] = set()
    for block in blocks(page.text):
        if block.kind == "table_open":
            rows |= {*range(block.line, block.line + len(block.source))}
            yield from _rows(page, block)
        elif block.kind == "heading_open" and block.token.markup == "-" and _is_row(block.source):
            rows |= {*range(block.line, block.line + 3)}  # it, the dashes, and a row below
            words = f"a line of dashes without bars makes a heading of the line above, {SHOWN}"
            yield Fault(page.path, block.line + 1, words)
        elif block.kind == "inline" and block.line not in rows and (found := _untaken(block)):
            yield Fault(page.path, *found)


def _rows(page: Page, block: Block) -> Iterator[Fault]:
    head = _cells(block.source[0])
    for line, row in enumerate(block.source[2:], block.line + 2):
        if (count := _cells(row)) > head:
            words = f"this row has {_counted(count)}, its head {head}: the last would be gone"
            cure = r"; within maths write \lvert or \mid for a bar, within code \|"
            yield Fault(page.path, line, words + (cure if {"$", "`"} & set(row) else ""))
        elif count < head:
            words = f"this row has {_counted(count)}, its head {head}: write an empty one as | |"
            cure = "" if "|" in row else ", or a blank line before what is no row"
            yield Fault(page.path, line, words + cure)


def _untaken(block: Block) -> tuple[int, str] | None:
    """A paragraph that was meant as a table: line and words of what it lacks."""
    lines = [line.strip() for line in block.token.content.splitlines()]
    for place, line in enumerate(lines):
        below = lines[place + 1] if place + 1 < len(lines) else ""
        if "|" in line and DASHES.fullmatch(below):
            words = f"this line of dashes has {_counted(_cells(below))}, its head {_cells(line)}"
            return block.line + place + 1, f"{words}: no table, {SHOWN}"
        if ROW.fullmatch(line):
            dashes = " --- |" * _cells(line)
            words = f"no line of dashes below the head of a table: write |{dashes}"
            return block.line + place, f"{words}, or it is none, {SHOWN}"
    return None


def _is_row(source: tuple[str, ...]) -> bool:
    return ROW.fullmatch(source[0].strip(" \t>")) is not None


def _counted(cells: int) -> str:
    return "1 cell" if cells == 1 else f"{cells} cells"


def _cells(row: str) -> int:
    """How many cells Markdown sees: every bar parts two, within maths and code, too."""
    from markdown_it.rules_block.table import escapedSplit

    found = escapedSplit(row.strip(" \t>"))
    if found and not found[0].strip():
        found = found[1:]
    return len(found[:-1] if found and not found[-1].strip() else found)
