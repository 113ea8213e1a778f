"""A page as MyST's own reader takes it: blocks with their lines, those within directives, too."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise
from typing import Any

EXTENSIONS = {"colon_fence", "deflist", "dollarmath", "linkify", "substitution"}
FENCES = ("fence", "colon_fence")
NAME = re.compile(r"\{([^}\s]+)\}[ \t]*(.*)")
OPTION = re.compile(r":([\w-]+):[ \t]*(.*)")
# Directives whose body is Markdown again; the body of every other is let alone.
MARKDOWN = {
    *("admonition", "attention", "caution", "danger", "error", "hint", "important", "note"),
    *("seealso", "tip", "warning", "margin", "sidebar", "dropdown", "topic", "epigraph"),
    *("computed", "diagram", "figure", "list-table", "table", "container", "div", "only"),
    *("exercise", "solution", "tab-set", "tab-item", "grid", "grid-item", "grid-item-card"),
    *("card", "live", "question"),
}


@dataclass(frozen=True)
class Directive:
    """A fence with a name in braces.

    Attributes:
        name: what stands in the braces.
        argument: what follows on the same line.
        options: name -> value of the lines before the body.
        body: all other lines.
        start: the line of the page (from 1) where the body begins.
    """

    name: str
    argument: str
    options: dict[str, str]
    body: str
    start: int


@dataclass(frozen=True)
class Block:
    """One of the reader's tokens that has lines.

    Attributes:
        token: markdown-it's own.
        line: its first line on the page (from 1).
        source: its lines as they are typed.
        within: names of the directives around it.
        directive: if it is one.
    """

    token: Any
    line: int
    source: tuple[str, ...]
    within: tuple[str, ...] = ()
    directive: Directive | None = field(default=None)

    @property
    def kind(self) -> str:
        return str(self.token.type)


@lru_cache(maxsize=256)
def blocks(text: str) -> tuple[Block, ...]:
    """Every block of a page in order; a directive comes before what it holds."""
    return tuple(_blocks(text, 1, ()))


def directives(text: str, *names: str) -> Iterator[tuple[Block, Directive]]:
    """The directives of these names, or all."""
    for block in blocks(text):
        if block.directive and (not names or block.directive.name in names):
            yield block, block.directive


def spans(block: Block) -> Iterator[tuple[Any, int]]:
    """The parts of a block's text, each with its line; a picture is one part."""
    line = block.line
    for child in block.token.children or ():
        yield child, line
        line += 1 if child.type in ("softbreak", "hardbreak") else child.content.count("\n")


def _blocks(text: str, first: int, within: tuple[str, ...]) -> Iterator[Block]:
    lines = text.splitlines()
    tokens = _reader().parse(text, {})
    for token, following in pairwise([*tokens, None]):
        # A footnote's own token has no lines: it begins with its first paragraph.
        opens = token.type == "footnote_reference_open" and following
        if (place := token.map or (following.map if opens else None)) is None:
            continue
        begin, end = place
        source = tuple(lines[begin:end])
        directive = None
        if token.type in FENCES and (named := NAME.match(token.info.strip())):
            directive = _directive(named[1], named[2], token.content, first + begin + 1)
        yield Block(token, first + begin, source, within, directive)
        if directive and (directive.name in MARKDOWN or directive.name.startswith("prf:")):
            yield from _blocks(directive.body, directive.start, (*within, directive.name))


def _directive(name: str, argument: str, content: str, start: int) -> Directive:
    """Options are lines `:name: value`, or lines between two of `---`."""
    lines = content.splitlines()
    options: dict[str, str] = {}
    used = 0
    if lines and lines[0].strip() == "---":
        used = next((n for n, line in enumerate(lines[1:], 1) if line.strip() == "---"), 0) + 1
        pairs = (line.partition(":") for line in lines[1 : used - 1] if line[:1].strip(" -"))
        options = {key.strip(): value.strip() for key, _, value in pairs}
    else:
        while used < len(lines) and (option := OPTION.match(lines[used])):
            options[option[1]] = option[2].strip()
            used += 1
    return Directive(name, argument, options, "\n".join(lines[used:]), start + used)


@lru_cache(maxsize=1)
def _reader() -> Any:
    from markdown_it.renderer import RendererHTML
    from myst_parser.config.main import MdParserConfig
    from myst_parser.parsers.mdit import create_md_parser

    config = MdParserConfig(enable_extensions=EXTENSIONS, dmath_double_inline=True)
    # Unjoined, so that an escaped dollar is told from one that opens no formula.
    return create_md_parser(config, RendererHTML).disable("text_join")
