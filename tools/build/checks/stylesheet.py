"""The stylesheet: colours that are none, that nobody can read; macros that are defined twice."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tools.book import Book, read_text
from tools.build.checks.fault import Fault
from tools.build.contrast import READABLE, contrast

COLOUR = re.compile(r"\\definecolor\{([^}]*)\}\{([^}]*)\}\{([^}]*)\}")
MACRO = re.compile(r"\\(?:(?:re)?newcommand|providecommand|DeclareMathOperator)\*?\{?\\([A-Za-z]+)")
GROUNDS = ("ground", "card")


def check(book: Book) -> Iterator[Fault]:
    """What is wrong in its own lines: diagrams and pages would tell the effects alone."""
    path = book.stylesheet
    if not path.is_file():
        return
    colours: dict[str, tuple[str, int]] = {}
    macros: dict[str, int] = {}
    for number, line in enumerate(read_text(path).splitlines(), 1):
        if found := COLOUR.match(line):
            name, model, value = found.groups()
            if words := _hex(name, model, value):
                yield Fault(path, number, words)
            else:
                colours[name] = f"#{value.lower()}", number
        elif (found := MACRO.match(line)) and macros.setdefault(found[1], number) != number:
            words = f"\\{found[1]} is defined in line {macros[found[1]]} already"
            yield Fault(path, number, words)
    yield from (Fault(path, *fault) for fault in (*_unread(colours), *_twice(colours)))


def _hex(name: str, model: str, value: str) -> str:
    if model != "HTML":
        return f"{name!r} must be of the model HTML. Got {model}"
    if len(value) != 6 and re.fullmatch(r"[0-9A-Fa-f]*", value):
        digits = "digit" if len(value) == 1 else "digits"
        return f"{name!r} has {len(value)} hexadecimal {digits}, 6 are needed"
    if not re.fullmatch(r"[0-9A-F]{6}", value):
        return f"{name!r} needs 6 capital hexadecimal digits. Got {value}"
    return ""


def _twice(colours: dict[str, tuple[str, int]]) -> Iterator[tuple[int, str]]:
    """Colours that a drawing, which knows their hexes, could not tell from one another."""
    names: dict[str, str] = {}
    for name, (value, line) in colours.items():
        if not name.endswith("-dark") and names.setdefault(value, name) != name:
            yield line, f"{name!r} has the hex of {names[value]!r}: drawings tell them apart by it"


def _unread(colours: dict[str, tuple[str, int]]) -> Iterator[tuple[int, str]]:
    """Colours of letters and lines that stand out too little from a ground of their theme."""
    for name, (value, line) in colours.items():
        theme = "-dark" if name.endswith("-dark") else ""
        if name.removesuffix("-dark") in GROUNDS:
            continue
        for ground in GROUNDS:
            paper, _ = colours.get(ground + theme, ("", 0))
            if paper and (ratio := contrast(value, paper)) < READABLE:
                words = f"{name!r} on {ground + theme!r} has a contrast of {ratio:.2f}:1"
                yield line, f"{words}, and {READABLE}:1 is needed to read it"
                break
