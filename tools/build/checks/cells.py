"""Cells: where one may stand, tags by which it need not hold, tags and options that nobody knows,
checks that say nothing, keys that a cell gives twice."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

import yaml

from tools.book import Page
from tools.build.checks.fault import Fault, did_you_mean
from tools.build.checks.markdown import Block, Directive, blocks
from tools.build.checks.words import typed

UNPROVEN = re.compile(r"\b(raises-exception|skip-execution)\b")
TAGS = {
    *("hide-input", "hide-output", "hide-cell", "remove-input", "remove-output", "remove-cell"),
    "imports",
}
OPTIONS = {"tags", "check", "mystnb"}  # mystnb: the words of the button that opens a cell
PROOF = re.compile(r"(?:[\w.]+\.)?(?:assert\w*|glue|answer)$")
SENTENCE = re.compile(r":?check:[ \t]*(.*)$")
KERNELSPEC = "kernelspec: {display_name: Python 3, language: python, name: python3}"


@dataclass(frozen=True)
class Cell:
    """The code of a cell, and the line of the page (from 1) where it begins."""

    code: str
    line: int


def cells(text: str) -> list[Cell]:
    """The cells of a page: a fence within another is none."""
    found = [b.directive for b in blocks(text) if b.directive and not b.within]
    return [Cell(one.body, one.start) for one in found if one.name == "code-cell"]


@lru_cache(maxsize=256)
def trees(text: str) -> tuple[tuple[tuple[ast.AST, ...], int], ...]:
    """What Python reads in each cell of a page: all nodes, the cell's own first, and its line.

    A cell that is no Python (a magic, or a fault that the run tells) is left out.
    """
    found = []
    for cell in cells(text):
        try:
            found.append((tuple(ast.walk(ast.parse(cell.code))), cell.line))
        except SyntaxError:
            continue
    return tuple(found)


def check(page: Page) -> Iterator[Fault]:
    """Cells that nobody would run as the others, that need not hold, or that say nothing."""
    if (found := cells(page.text)) and not page.is_notebook:
        line = next(
            block.line
            for block in blocks(page.text)
            if block.directive and block.directive.name == "code-cell"
        )
        count = f"{len(found)} cells stand here" if len(found) > 1 else "a cell stands here"
        words = f"{count}, and the front matter names no kernelspec: {KERNELSPEC!r} is missing"
        yield Fault(page.path, line, words)
    for block in blocks(page.text):
        if not (block.directive and block.directive.name == "code-cell"):
            continue
        head = block.source[: block.directive.start - block.line]
        for line, text in enumerate(head, block.line):
            if tag := UNPROVEN.search(text):
                yield Fault(page.path, line, f"by its tag {tag[1]} a cell may be wrong unseen")
            if option := SENTENCE.match(text):
                yield from (Fault(page.path, line, why) for why in _said_wrongly(option[1]))
        yield from (Fault(page.path, *told) for told in _unknown(block, block.directive))
    yield from (Fault(page.path, *told) for told in _twice(page.text))


def _twice(text: str) -> Iterator[tuple[int, str]]:
    """Keys that a dictionary has already: Python takes the last, and a control would be gone."""
    for nodes, first in trees(text):
        for node in nodes:
            seen: dict[object, int] = {}
            for key in node.keys if isinstance(node, ast.Dict) else ():
                if isinstance(key, ast.Constant):
                    line = first + key.lineno - 1
                    if key.value in seen:
                        told = f"the key {key.value!r} stands in line {seen[key.value]} already"
                        yield line, f"{told}: Python would take the last alone"
                    seen.setdefault(key.value, line)


def _unknown(block: Block, cell: Directive) -> Iterator[tuple[int, str]]:
    """Options and tags that nothing reads: the cell would stand on the page as if without."""
    head = list(enumerate(block.source[1 : cell.start - block.line], block.line + 1))
    for name in sorted(set(cell.options) - OPTIONS):
        words = f"a cell has no option {name!r}{did_you_mean(name, OPTIONS)}"
        yield _line(head, name), words
    if "check" in cell.options and not _proves(cell.body):
        yield _line(head, "check"), "a check whose cell neither asserts nor glues nor answers"
    for tag in _tags([text for _, text in head]):
        if tag not in TAGS and not UNPROVEN.fullmatch(tag):
            near = did_you_mean(tag, TAGS) or f"; there are {', '.join(sorted(TAGS))}"
            yield _line(head, tag), f"no cell has the tag {tag!r}{near}"


def _proves(code: str) -> bool:
    """Whether something in a cell could fail, or is kept; what is no Python the run tells."""
    try:
        nodes = [*ast.walk(ast.parse(code))]
    except SyntaxError:
        return True
    calls = (ast.unparse(one.func) for one in nodes if isinstance(one, ast.Call))
    return any(isinstance(one, ast.Assert) for one in nodes) or any(map(PROOF.match, calls))


def _line(head: list[tuple[int, str]], word: str) -> int:
    return next((line for line, text in head if word in text), head[0][0])


def _tags(head: list[str]) -> list[str]:
    """The tags of a cell from the lines of its options, `:tags: [one]` or YAML between dashes."""
    block = bool(head) and head[0].strip() == "---"
    lines = head[1:-1] if block else [text.strip().removeprefix(":") for text in head]
    lines = lines if block else [text for text in lines if text.startswith("tags:")]
    try:
        found = yaml.safe_load("\n".join(lines))
    except yaml.YAMLError:
        return []  # told where the cell is read
    tags = found.get("tags") if isinstance(found, dict) else None
    return [str(one) for one in tags] if isinstance(tags, list) else [str(tags)] if tags else []


def _said_wrongly(written: str) -> Iterator[str]:
    """Why a check's option says no sentence, or what of it would stand as it was typed."""
    try:
        sentence = yaml.safe_load(f"check: {written}")["check"]
    except yaml.YAMLError:
        yield (
            "the sentence of a check is not YAML: put it between single quotes"
            f" (and write one within it twice). Got {written!r}"
        )
        return
    if isinstance(sentence, str) and len(sentence.split()) > 1:
        yield from typed(sentence)
        return
    yield (
        "a check without a sentence: ':check: ...' says what its cell checks, over which seeds,"
        f" within what. Got {written!r}"
    )
