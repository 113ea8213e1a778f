"""Paths written shorter: steps instead of places, in the hundredths that they have already."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from _ext.figures.marks import ordered
from _ext.figures.places import Place
from _ext.figures.plain import plain

_D = re.compile(r'(\sd=")([^"]+)(")')
_PLAIN = re.compile(r"[MLQCZz\d\s.,-]+")
_PART = re.compile(r"([MLQCZz])|(-?\d+(?:\.\d+)?|-?\.\d+)")
PAIRS = {"M": 1, "L": 1, "Q": 2, "C": 3}
SHORT = 60  # letters, below which nothing is to be gained

Part = tuple[str, list[Place]]


def shortened(body: str) -> str:
    """The same drawing: marks from neighbour to neighbour, lines through the points that bend."""
    return _D.sub(lambda found: found[1] + steps(_lighter(found[2])) + found[3], body)


def _lighter(path: str) -> str:
    cloud = ordered(path)
    return plain(path) if cloud == path else cloud


def steps(path: str) -> str:
    """A path of absolute places as one of steps, if that is shorter and no hundredth is lost."""
    if len(path) < SHORT or not _PLAIN.fullmatch(path) or re.search(r"\.\d{3}", path):
        return path
    out: list[str] = []
    before, here, start = "", (0, 0), (0, 0)
    for letter, places in parts(path):
        if letter == "Z":
            out.append("z")
            before, here = "z", start
            continue
        moved = "".join(_joined([_pair((x - here[0], y - here[1])) for x, y in places]))
        here = places[-1]
        if letter == "M":  # alike markers move by equal steps
            absolute = f"M{_pair(here)}"
            out.append(min(f"m{moved}", absolute, key=len) if out else absolute)
            before, start = "m", here
            continue
        if (letter, moved) == ("L", "0 0"):  # a dot
            out.append("h0")
            before = "h"
            continue
        step = letter.lower()
        if step == before:  # further steps need no letter; a minus parts numbers, too
            out.append(moved if moved.startswith("-") else f" {moved}")
        else:
            out.append(step + moved)
        before = step
    short = "".join(out)
    return short if len(short) < len(path) else path


def parts(path: str) -> Iterator[Part]:
    """The commands of a path with their places, in hundredths."""
    command, numbers, places = "", [], []
    for letter, number in _PART.findall(path):
        if letter:
            command = letter.upper()
            if command == "Z":
                yield "Z", []
            continue
        numbers.append(round(float(number) * 100))
        if len(numbers) == 2:
            places.append((numbers[0], numbers[1]))
            numbers = []
        if places and len(places) == PAIRS[command]:
            yield command, places
            places = []
            command = "L" if command == "M" else command  # what follows a first pair is a line


def _joined(pairs: list[str]) -> Iterator[str]:
    yield pairs[0]
    for pair in pairs[1:]:
        yield pair if pair.startswith("-") else f" {pair}"


def _pair(pair: Place) -> str:
    first, second = (_number(value) for value in pair)
    return f"{first}{second}" if second.startswith("-") else f"{first} {second}"


@lru_cache(100_000)
def _number(hundredths: int) -> str:
    """Asked for the same steps again and again."""
    sign, whole = "-" if hundredths < 0 else "", abs(hundredths)
    if whole % 100 == 0:
        return f"{sign}{whole // 100}" if whole else "0"
    text = f"{whole // 100 or ''}.{whole % 100:02d}"
    return f"{sign}{text.rstrip('0')}"
