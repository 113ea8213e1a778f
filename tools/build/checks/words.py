"""What would stand on the page as it was typed: dollars, macros, roles, labels, tasks, titles."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from tools.book import Page
from tools.build.checks.fault import Fault
from tools.build.checks.markdown import Block, blocks, directives, spans

TEXT = ("text", "text_special")
ESCAPED = "\N{OBJECT REPLACEMENT CHARACTER}"
MACRO = re.compile(r"\\[A-Za-z]+")
ROLE_BEFORE = re.compile(r"\{([a-z][\w:+.-]+)\}[ \t]*$")
ROLE_OPEN = re.compile(r"\{([a-z][\w:+.-]+)\}`")
LABEL = re.compile(r"\([A-Za-z][\w-]*\)")
TASK = re.compile(r"\[[ xX]\] ")
# sphinx-proof gives the body of each statement, and each proof, one id, looks for its numbers in
# the HTML and for its page by the words of the title, and tells wrong lines within a proof.
PROOFS = "prf:"
NO_PROOFS = "{{{}}} would not be right in print: write :::{{admonition}} with a title and :name:"
REFERENCES = {"ref", "numref", "eq", "doc", "term", "download", "glue", "glue:text"}
# What other Markdowns know, and no edition of the book: it would stand on the page as it was typed.
FOREIGN = re.compile(
    r"(?P<strike>~~\S[^~]*~~)|(?P<mark>==\S[^=]*==)|(?P<sub>(?<=\w)~[\w+-]+~)"
    r"|(?P<sup>(?<=\w)\^[\w+-]+\^)"
)
INSTEAD = {
    "strike": "words that are struck out are left out",
    "mark": "*word* or **word** marks one",
    "sub": "write H{sub}`2`O, or a formula",
    "sup": "write x{sup}`2`, or a formula",
}
MONEY = re.compile(r"\d")
Line = tuple[int, str]


def check(page: Page) -> Iterator[Fault]:
    """Words that are not what their author meant, each with its line.

    After a display that is not closed all is read otherwise than it is meant.
    """
    found = blocks(page.text)
    for n, block in enumerate(found):
        if block.kind == "inline":
            after = found[n + 1 :]
            kinds = (_labels(block, after), _typed(block))
            for line, words in (fault for kind in kinds for fault in kind):
                yield Fault(page.path, line, words)
        elif block.kind.startswith("math_block") and (words := _display(block)):
            yield Fault(page.path, block.line, words)
            return
    yield from (Fault(page.path, *fault) for fault in _tasks(found))
    yield from _titles(page)
    yield from (Fault(page.path, *fault) for fault in _headings(found))
    for block, _ in directives(page.text, "contents"):
        words = "the contents stand in the sidebar and at the page's side: leave {contents} out"
        yield Fault(page.path, block.line, words)
    for block, found_in in directives(page.text):
        if found_in.name.startswith(PROOFS):
            yield Fault(page.path, block.line, NO_PROOFS.format(found_in.name))


def typed(text: str) -> Iterator[str]:
    """What would stand as it was typed in a text by itself, as the sentence of a check."""
    for block in blocks(text) if text else ():
        yield from (words for _, words in _typed(block) if block.kind == "inline")


def _titles(page: Page) -> Iterator[Fault]:
    """A page is one chapter or section: a second title would be another with the same number."""
    titles = [one for one in blocks(page.text) if one.kind == "heading_open"]
    top = [one for one in titles if one.token.tag == "h1" and not one.within]
    for other in top[1:]:
        words = f"a second title: the page has one in line {top[0].line}; write ## for a section"
        yield Fault(page.path, other.line, words)


def _headings(found: tuple[Block, ...]) -> Iterator[Line]:
    """References in headings: the contents and the page's title would show their labels.

    And a heading twice without a label: the second's address would be a number, which leads
    elsewhere as soon as one more stands before it.
    """
    seen: dict[str, int] = {}
    labelled = False
    for heading, block in pairwise(found):
        if heading.kind == "heading_open":
            words = block.token.content.strip().lower()
            if words in seen and not labelled:
                said = (
                    f"the heading of line {seen[words]} once more: give it a label or other words"
                )
                yield heading.line, said
            seen.setdefault(words, heading.line)
        labelled = heading.kind == "myst_target"
    for heading, block in pairwise(found):
        for part, line in spans(block) if heading.kind == "heading_open" else ():
            if part.type == "myst_role" and part.meta["name"] in REFERENCES:
                words = f"{{{part.meta['name']}}} in a heading: the contents would show its label"
                yield line, f"{words}; put it into the text"


def _tasks(found: tuple[Block, ...]) -> Iterator[Line]:
    """The first task of a page."""
    for item, _, block in zip(found, found[1:], found[2:], strict=False):
        if item.kind == "list_item_open" and TASK.match(block.token.content):
            words = "a task list, which the reader of pages with cells cannot take: leave [ ] out"
            yield block.line, words
            return


def _labels(block: Block, after: tuple[Block, ...]) -> Iterator[Line]:
    """A paragraph that is nothing but a name in round brackets, over something that has one."""
    text = block.token.content.strip()
    if not LABEL.fullmatch(text) or not after:
        return
    labelled = after[0].kind in ("heading_open", "table_open") or after[0].directive
    if labelled or after[0].kind.startswith("math_block"):
        yield block.line, f"a label needs = behind it, or it is words: {text}="


def _display(block: Block) -> str:
    lines = block.token.content.strip("\n").splitlines()
    blank = any(not line.strip() for line in lines)
    return "this display holds a blank line: is it closed by $$ before that?" if blank else ""


def _typed(block: Block) -> Iterator[Line]:
    """Faults of one text: its parts beside each other tell what was not understood."""
    before: tuple[Any, str] = (None, "")
    for kind, text, line in _runs(block):
        if kind == "text":
            yield from _stray(text, line)
            if before[0] == "math_inline" and MONEY.match(text):
                yield line, f"a dollar that closes a formula before {text[:1]}: write \\$ for money"
        elif kind == "code_inline" and (role := ROLE_BEFORE.search(before[1])):
            yield line, f"a role takes no blank: write {{{role[1]}}}`{text}`"
        before = (kind, text)


def _stray(text: str, line: int) -> Iterator[Line]:
    def at(place: int) -> int:
        return line + text.count("\n", 0, place)

    if (place := text.find("$")) >= 0:
        yield (
            at(place),
            (
                "a dollar that opens or closes no formula: $ ends what $ begins, $$ what $$ begins;"
                " write \\$ for the letter"
            ),
        )
    if macro := MACRO.search(text):
        yield at(macro.start()), f"the macro {macro[0]} stands outside of dollars: ${macro[0]}$"
    for mark in FOREIGN.finditer(text):
        words = f"{mark[0]} would stand on the page as it is: {INSTEAD[str(mark.lastgroup)]}"
        yield at(mark.start()), words
    if role := ROLE_OPEN.search(text):
        yield at(role.start()), f"the role {{{role[1]}}} lacks its closing backtick"


def _runs(block: Block) -> Iterator[tuple[str, str, int]]:
    """(kind, text, line) of a block's parts, all text between two others in one."""
    text, first = "", block.line
    for child, line in spans(block):
        if child.type in TEXT:
            first = first if text else line
            escaped = child.type == "text_special" and child.markup[:1] == "\\" != child.content[:1]
            text += ESCAPED if escaped or child.content == "\\" else child.content
        elif child.type in ("softbreak", "hardbreak"):
            first = first if text else line
            text += "\n"
        else:
            if text:
                yield "text", text, first
            yield child.type, child.content, line
            text = ""
    if text:
        yield "text", text, first
