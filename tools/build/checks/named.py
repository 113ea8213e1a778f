"""The names that a page gives: of figures, glued values, labels and terms, each with its line."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from tools.book import Page
from tools.build.checks.cells import trees
from tools.build.checks.markdown import Block, blocks, directives

# Which argument is the name, and which the words of those who cannot see.
CALLS = {
    **{"show": ("figure", 1, 2), "film": ("figure", 2, 3), "live": ("figure", 1, 2)},
    **{"glue": ("glue key", 0, None), "answer": ("answer", 0, None)},
}


@dataclass(frozen=True)
class Named:
    """A name that cells give.

    Attributes:
        kind: 'figure', 'glue key' or 'answer'.
        pattern: what its name matches, where it is put together of parts; '.*' if it is unknown.
        name: empty where it is put together.
        line: of the page, where the name stands.
        alt: the figure's words, if they are written there.
        once: whether the call stands outside of loops, branches and functions.
    """

    kind: str
    name: str
    pattern: str
    line: int
    alt: str | None
    once: bool


class Facts(NamedTuple):
    """What a page names, of which a second page may hold none."""

    given: list[Named]
    places: list[tuple[str, int]]
    labels: list[tuple[str, int]]
    terms: list[tuple[str, int]]
    cards: list[tuple[str, int]]

    @classmethod
    def of(cls, page: Page) -> Facts:
        names = (list(find(page)) for find in (places, labels, terms, cards))
        return cls(list(given(page)), *names)

    def figures(self) -> list[Named]:
        return [one for one in self.given if one.kind == "figure" and one.name]


def given(page: Page) -> tuple[Named, ...]:
    """The figures, glued values and answers that a page gives, in the order of lines."""
    return _given(page.text)


@lru_cache(maxsize=256)
def _given(text: str) -> tuple[Named, ...]:
    found = []
    for nodes, line in trees(text):
        tops = {one.value for one in ast.iter_child_nodes(nodes[0]) if isinstance(one, ast.Expr)}
        calls = (node for node in nodes if isinstance(node, ast.Call))
        found += [one for call in calls if (one := _named(call, line - 1, call in tops))]
    return tuple(sorted(found, key=lambda one: one.line))


def figures(page: Page) -> list[Named]:
    return [one for one in given(page) if one.kind == "figure"]


def texts(page: Page) -> set[str]:
    """Every text that stands in a cell as it is."""
    constants = (n for nodes, _ in trees(page.text) for n in nodes if isinstance(n, ast.Constant))
    return {one.value for one in constants if isinstance(one.value, str)}


def places(page: Page) -> list[tuple[str, int]]:
    """The figures to which the page gives a place, with their lines."""
    return [(found.argument, b.line) for b, found in directives(page.text, "computed")]


def questions(page: Page) -> list[tuple[str, int]]:
    """The questions that the page asks, with their lines."""
    return [(found.argument, b.line) for b, found in directives(page.text, "question")]


def labels(page: Page) -> Iterator[tuple[str, int]]:
    """Every label of the page but those of computed figures, with its line."""
    for block in blocks(page.text):
        if block.kind == "myst_target":
            yield block.token.content, block.line
        elif block.kind == "math_block_label":
            yield block.token.info, block.line + len(block.source) - 1
        elif found := block.directive:
            for option in ("label", "name"):
                if name := found.options.get(option):
                    yield name, _option_line(block, option)
            if found.name == "diagram":
                yield f"fig-{found.argument}", block.line


def terms(page: Page) -> Iterator[tuple[str, int]]:
    """The terms that a glossary of the page explains: its lines that are not indented."""
    for _, found in directives(page.text, "glossary"):
        for line, text in enumerate(found.body.splitlines(), found.start):
            if text.strip() and not text[0].isspace():
                yield text.strip(), line


def without_meaning(page: Page) -> Iterator[tuple[str, int]]:
    """The terms of a glossary below which nothing is indented, with their lines."""
    for _, found in directives(page.text, "glossary"):
        alone: list[tuple[str, int]] = []  # several terms may share a meaning
        apart = False
        for line, text in enumerate(found.body.splitlines(), found.start):
            if text.strip() and text[0].isspace():
                alone = []
            elif text.strip():
                if apart:
                    yield from alone
                    alone = []
                alone.append((text.strip(), line))
            apart = not text.strip()
        yield from alone


def cards(page: Page) -> Iterator[tuple[str, int]]:
    """The labels of pages to which the page gives a card."""
    for _, found in directives(page.text, "cards"):
        for line, text in enumerate(found.body.splitlines(), found.start):
            label, colon, _ = text.partition(": ")
            if colon:
                yield label.strip(), line


def used(page: Page) -> set[str]:
    """The directives of a page."""
    return {found.name for _, found in directives(page.text)}


def _option_line(block: Block, option: str) -> int:
    lines = enumerate(block.source, block.line)
    return next((n for n, text in lines if text.lstrip(" >:").startswith(option)), block.line)


def _named(call: ast.Call, before: int, once: bool) -> Named | None:
    """The name that a call gives; None if it is no such call."""
    called = call.func.id if isinstance(call.func, ast.Name) else ""
    if called not in CALLS:
        return None
    kind, place, words = CALLS[called]
    name = _argument(call, place, "name")
    if name is None:
        return None
    alt = None if words is None else _argument(call, words, "alt")
    said = alt.value if isinstance(alt, ast.Constant) and isinstance(alt.value, str) else None
    if isinstance(name, ast.Constant) and isinstance(name.value, str):
        own = re.escape(name.value)
        return Named(kind, name.value, own, name.lineno + before, said, once)
    return Named(kind, "", _pattern(name), name.lineno + before, said, once)


def _argument(call: ast.Call, place: int, keyword: str) -> ast.expr | None:
    if len(call.args) > place:
        return call.args[place]
    return next((one.value for one in call.keywords if one.arg == keyword), None)


def _pattern(name: ast.expr) -> str:
    """What a name put together matches: its fixed parts, and anything between them."""
    if not isinstance(name, ast.JoinedStr):
        return ".*"
    fixed = (one.value if isinstance(one, ast.Constant) else None for one in name.values)
    parts = [re.escape(one) if isinstance(one, str) else ".*" for one in fixed]
    return "".join(parts)
