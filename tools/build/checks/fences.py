"""Fences that are not closed, and openings that Markdown does not take for one."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tools.book import Page
from tools.build.checks.fault import Fault
from tools.build.checks.markdown import FENCES, Block, blocks

OPENING = re.compile(r"[\s>]*(`{3,}|:{3,}|~{3,})\{([^}\s]+)\}(.*)")


def check(page: Page) -> Iterator[Fault]:
    """The first fault alone: all that stands behind it is read otherwise than it is meant."""
    for block in blocks(page.text):
        found = _open(block) if block.kind in FENCES else _untaken(block)
        if found:
            line, words = found
            yield Fault(page.path, line, words)
            return


def _open(block: Block) -> tuple[int, str] | None:
    """A fence that holds the opening of one as long as itself, or that ends with the page."""
    marker = block.token.markup
    for line, text in enumerate(block.source[1:], block.line + 1):
        inner = OPENING.match(text)
        if inner and inner[1].startswith(marker):
            what = "cell" if inner[2] == "code-cell" else f"{{{inner[2]}}}"
            longer = "" if what == "cell" else "; if it should hold that, give it a longer fence"
            words = f"this fence is not closed before the {what} of line {line}{longer}"
            return block.line, words
    last = block.source[-1].strip(" >") if len(block.source) > 1 else ""
    if not (last.startswith(marker) and not last.strip(marker[0])):
        return block.line, f"this fence is not closed: no line of {marker} follows"
    return None


def _untaken(block: Block) -> tuple[int, str] | None:
    """A backtick fence with a backtick in its first line is no fence but words."""
    if block.kind != "inline":
        return None
    for line, text in enumerate(block.source, block.line):
        if not (opening := OPENING.match(text)):
            continue
        if opening[1][0] == "`" and "`" in opening[3]:
            words = f"a fence of backticks takes none in its first line: {{{opening[2]}}} would be"
            return line, f"{words} words; fence it with ::: or ~~~"
        return line, f"{{{opening[2]}}} would be words here: put a blank line before its fence"
    return None
