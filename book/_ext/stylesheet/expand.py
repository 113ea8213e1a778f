r"""The book's macros replaced by what they stand for, for readers that know only LaTeX's own.

`expand` gives TeX for a notebook that leaves the book (colours as hexes); `plain` gives characters
for places that hold no markup at all: <title>, the texts of links, the search.
"""

from __future__ import annotations

import re

from _ext.stylesheet.characters import characters
from _ext.stylesheet.model import Macro, Stylesheet

# A command, a group's brace, a parameter, or any other character.
TOKEN = re.compile(r"\\[A-Za-z]+\s*|\\.|[{}]|#[0-9]|.", re.S)
FRACTION = re.compile(r"\\[dt]frac(?![A-Za-z])")  # its size says nothing in characters
COLOUR = re.compile(r"\\(?:math|text)color\{([a-z]+)\}")
LETTER = re.compile(r"(?<![A-Za-z])\\textcolor\{[^}]*\}\{(\w)\}")
DEPTH = 12  # macros within macros; the stylesheet is three deep


def expand(tex: str, sheet: Stylesheet) -> str:
    r"""Replace every macro of the stylesheet by its body, and colours' names by hexes.

    Raises: ValueError if a macro lacks an argument.
    """
    for _ in range(DEPTH):
        expanded = _once(tex, sheet)
        if expanded == tex:
            return COLOUR.sub(lambda match: _hex(match, sheet), tex)
        tex = expanded
    raise ValueError(f"the macros of {tex[:40]!r} expand without end.")


def plain(tex: str, sheet: Stylesheet) -> str:
    r"""'Descend to ž' for `Descend to \zc`: characters only."""
    return characters(FRACTION.sub(r"\\frac", without_colours(tex, sheet)))


def without_colours(tex: str, sheet: Stylesheet) -> str:
    """The book's macros written out, in ink alone; one letter needs no braces of its own."""
    letters = LETTER.sub(r"\1", expand(tex, sheet))
    return re.sub(r"\\textcolor\{[^}]*\}", "", letters)


def _once(tex: str, sheet: Stylesheet) -> str:
    tokens = TOKEN.findall(tex)
    out: list[str] = []
    at = 0
    while at < len(tokens):
        macro = sheet.macros.get(tokens[at][1:].strip()) if tokens[at][0] == "\\" else None
        if macro is None or macro.provided:
            out.append(tokens[at])
            at += 1
            continue
        arguments, after = _arguments(macro, tokens, at + 1)
        body = f"{macro.operator}{{{macro.body}}}" if macro.operator else macro.body
        for number, argument in enumerate(arguments, 1):
            body = body.replace(f"#{number}", argument)
        out.append(_apart(body, tokens[after] if after < len(tokens) else ""))
        at = after
    return "".join(out)


def _apart(body: str, following: str) -> str:
    """A body that ends in a command must not swallow the letter after it."""
    joins = re.search(r"\\[A-Za-z]+$", body) and following[:1].isalpha()
    return f"{body} " if joins else body


def _arguments(macro: Macro, tokens: list[str], at: int) -> tuple[list[str], int]:
    found: list[str] = []
    if macro.default is not None:
        if at < len(tokens) and tokens[at] == "[":
            end = tokens.index("]", at)
            found, at = ["".join(tokens[at + 1 : end])], end + 1
        else:
            found = [macro.default]
    while len(found) < macro.arity:
        while at < len(tokens) and tokens[at].isspace():
            at += 1
        if at >= len(tokens):
            raise ValueError(f"\\{macro.name} takes {macro.arity} arguments. Got {len(found)}.")
        end = _group_end(tokens, at)
        group = tokens[at:end]
        found.append("".join(group[1:-1] if group[0] == "{" else group))
        at = end
    return found, at


def _group_end(tokens: list[str], at: int) -> int:
    depth = 0
    for end in range(at, len(tokens)):
        depth += {"{": 1, "}": -1}.get(tokens[end], 0)
        if depth == 0:
            return end + 1
    raise ValueError("a brace is missing.")


def _hex(match: re.Match[str], sheet: Stylesheet) -> str:
    return f"\\textcolor{{{sheet.colours[match[1]].light.upper()}}}"
