"""Paths written shorter: steps instead of places, in the hundredths that they have already."""

from __future__ import annotations

import re
from functools import lru_cache

_D = re.compile(r'(\sd=")([^"]+)(")')
_PLAIN = re.compile(r"[MLZz\d\s.,-]+")
_PART = re.compile(r"([MLZz])|(-?\d+(?:\.\d+)?|-?\.\d+)")


def shortened(body: str) -> str:
    """The same drawing; paths of straight lines only, since the long ones are those."""
    return _D.sub(lambda found: found[1] + steps(found[2]) + found[3], body)


def steps(path: str) -> str:
    """A path of absolute places as one of steps, if that is shorter and no hundredth is lost."""
    if len(path) < 60 or not _PLAIN.fullmatch(path) or re.search(r"\.\d{3}", path):
        return path
    out: list[str] = []
    command, here, start = "", (0, 0), (0, 0)
    numbers: list[int] = []
    for letter, number in _PART.findall(path):
        if letter:
            command = letter
            if letter in "Zz":
                out.append("z")
                here = start
            continue
        numbers.append(round(float(number) * 100))
        if len(numbers) < 2:
            continue
        there = (numbers[0], numbers[1])
        numbers.clear()
        step = (there[0] - here[0], there[1] - here[1])
        if command == "M":  # what follows a first pair is a line
            move = (f"M{_pair(there)}", f"m{_pair(step)}")  # alike markers move by equal steps
            out.append(min(move, key=len) if out else move[0])
            start, command = there, "L"
        else:
            out.append(f"l{_pair(step)}")
        here = there
    short = re.sub(r"(l[^Mmzl]*)((?:l[^Mmzl]*)+)", _run, "".join(out))
    return short if len(short) < len(path) else path


def _run(found: re.Match[str]) -> str:
    """Further steps need no letter; a minus parts numbers, too."""
    rest = re.sub(r"l(-?)", lambda one: one[1] or " ", found[2])
    return found[1] + rest


def _pair(pair: tuple[int, int]) -> str:
    first, second = (_number(value) for value in pair)
    return f"{first}{second}" if second.startswith("-") else f"{first} {second}"


@lru_cache(100_000)
def _number(hundredths: int) -> str:
    """Asked for the same steps again and again."""
    sign, whole = "-" if hundredths < 0 else "", abs(hundredths)
    if whole % 100 == 0:
        return f"{sign}{whole // 100}"
    text = f"{whole // 100 or ''}.{whole % 100:02d}"
    return f"{sign}{text.rstrip('0')}"
