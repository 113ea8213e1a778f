"""Marks of footnotes that are not on the page, or stand where a text moves on into lists.

Markdown would leave the first as they are typed; a heading's and a caption's text goes into the
contents, bookmarks and lists, where no footnote can stand.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from tools.book import Page
from tools.build.checks.fault import Fault, did_you_mean
from tools.build.checks.markdown import Block, blocks, spans

CAPTIONED = {"figure", "computed", "diagram", "live"}
TITLED = {"list-table", "table", "csv-table", "admonition", "exercise", "exercise-start"}
NOTE = re.compile(r"\[\^([^\]\s]+)\]")


def check(page: Page) -> Iterator[Fault]:
    found = blocks(page.text)
    yield from _moving(page, found)
    known = {b.token.meta["label"] for b in found if b.kind == "footnote_reference_open"}
    for block in found:
        for part, line in spans(block) if block.kind == "inline" else ():
            for mark in NOTE.finditer(part.content) if part.type == "text" else ():
                if (name := mark[1]) not in known:
                    near = did_you_mean(name, known)
                    words = f"there is no footnote {name!r} on this page{near}"
                    yield Fault(page.path, line, words)


def _moving(page: Page, found: tuple[Block, ...]) -> Iterator[Fault]:
    for before, block in pairwise(found):
        where = ""
        if before.kind == "heading_open":
            where = "a heading"
        elif block.kind == "inline" and CAPTIONED & set(block.within[-1:]):
            where = "a caption"
        if where and any(_marks(part) for part, _ in spans(block)):
            yield Fault(page.path, block.line, f"a footnote in {where}: put it into the text")
    for block in found:
        if (one := block.directive) and one.name in TITLED and NOTE.search(one.argument):
            yield Fault(page.path, block.line, "a footnote in a title: put it into the text")


def _marks(part: Any) -> bool:
    """Within a directive the reader does not know the page's notes: there a mark is text."""
    written = part.type == "text" and NOTE.search(part.content) is not None
    return written or part.type == "footnote_ref"
