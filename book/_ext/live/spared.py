"""A recorded function that computes anew only what follows from the settings that changed.

While a reader drags one point, a field that does not depend on it stays as it was.
It works on the text, line by line: arrays are `$1`, settings `s_NAME` (ebmlib.plot.recording).
"""

from __future__ import annotations

import re
from itertools import groupby

_FUNCTION = re.compile(r"^(.*?\n)return\(([^)]*)\)=>\{\n(.*)\n(return\[[^\n]*)$", re.S)
_ARRAY = re.compile(r"\$\d+\b")
_SETTING = re.compile(r"\bs_\w+")
_INTO = re.compile(r"\s*(?:[-+*/]?=(?!=)|\+\+|--)")
NEWS = (
    "const last={};const news=(k,v)=>{const o=last[k];last[k]=Array.from(v);"
    "return!o||o.length!==v.length||v.some((x,i)=>!Object.is(x,o[i]))};\n"
)


def spared(make: str) -> str:
    """The same function; unchanged where all lines follow from the same settings."""
    found = _FUNCTION.match(make)
    if found is None:
        return make
    before, names, body, end = found.groups()
    lines = body.split("\n")
    needs = _needs(before, lines)
    if needs is None or len(set(needs)) < 2:
        return make
    every = frozenset(names.split(","))
    out = [f"const {','.join(f'n{one[1:]}=news({one!r},{one})' for one in sorted(every))};"]
    for need, group in groupby(zip(needs, lines, strict=True), lambda pair: pair[0]):
        text = "\n".join(line for _, line in group)
        asked = "||".join(f"n{one[1:]}" for one in sorted(need))
        out.append(text if need == every else f"if({asked}){{\n{text}\n}}")
    return f"{before}{NEWS}return({names})=>{{\n" + "\n".join(out) + f"\n{end}"


def _needs(before: str, lines: list[str]) -> list[frozenset[str]] | None:
    """The settings from which each line follows; None if a line meets an array half made."""
    once = {array for line in before.split("\n") if line[:1] in "f{" for array in _written(line)}
    own = [set(_written(line)) for line in lines]
    last = {array: at for at, arrays in enumerate(own) for array in arrays}
    for at, line in enumerate(lines):
        read = set(_ARRAY.findall(line)) - own[at]
        if not own[at] or own[at] & once or any(last.get(one, -1) > at for one in read - once):
            return None
    needs = [frozenset(_SETTING.findall(line)) for line in lines]
    while True:
        of: dict[str, frozenset[str]] = {}
        for need, arrays in zip(needs, own, strict=True):
            of |= {one: of.get(one, need) | need for one in arrays}
        grown = [
            need.union(*(of.get(one, need) for one in _ARRAY.findall(line)))
            for need, line in zip(needs, lines, strict=True)
        ]
        if grown == needs:
            return needs if all(needs) else None
        needs = grown


def _written(line: str) -> list[str]:
    """The arrays that a line writes into."""
    found = []
    for array in re.finditer(r"(\$\d+)\[", line):
        at, depth = array.end(), 1
        while depth:
            depth += {"[": 1, "]": -1}.get(line[at], 0)
            at += 1
        if _INTO.match(line, at):
            found.append(array[1])
    return found
