"""Letters of drawings, and what stands round them, written once.

Matplotlib writes a letter's outline in every drawing anew, a word with a halo twice, and puts each
mark into groups that nobody asks for.
"""

from __future__ import annotations

import re

_HALO = re.compile(
    r'<path d="([^"]+)" style="(fill: [^;"]+); (stroke: [^;"]+; stroke-width: [\d.]+)"/>'
    r'<path d="\1" style="\2"/>'
)
# Of 64 units a letter's outline keeps every eighth: a hundredth of a point at 10 points.
_OUTLINE = re.compile(r'(<path id="[^"]+" d=")([^"]+)(" transform="scale\()0\.015625(\)"/>)')
_COARSER = 8
_WHOLE = re.compile(r"-?\d+(?:\.\d+)?")
_GROUP = re.compile(r"<g\b([^>]*?)(/?)>|</g>")
_IDLE = re.compile(r'|\sid="[^"]*\b(?:figure|line2d|patch|[xy]tick)_\d+"')
_DEFS = re.compile(r"<defs>(.*?)</defs>", re.S)
_LETTER = re.compile(r'<path id="([^"]+)"([^>]*)/>')
_USED = re.compile(r'((?:xlink:)?href="#)([^"]+)"')


def haloed(body: str) -> str:
    """A word and its halo as one path, whose line is drawn first."""
    return _HALO.sub(r'<path d="\1" style="\2; \3; paint-order: stroke"/>', body)


def outlined(body: str) -> str:
    """Outlines of letters with as many digits as are seen."""
    return _OUTLINE.sub(lambda one: f"{one[1]}{_rounded(one[2])}{one[3]}.125{one[4]}", body)


def _rounded(path: str) -> str:
    return _WHOLE.sub(lambda one: str(round(float(one[0]) / _COARSER)), path)


def ungrouped(body: str) -> str:
    """Without groups that do nothing: those of no attribute, or of an id that only counts."""
    out: list[str] = []
    kept: list[bool] = []
    at = 0
    for tag in _GROUP.finditer(body):
        if tag[0] == "</g>":
            keep = kept.pop()
        else:
            keep = not _IDLE.fullmatch(tag[1])
            if not tag[2]:
                kept.append(keep)
        if not keep:
            out.append(body[at : tag.start()])
            at = tag.end()
    return "".join([*out, body[at:]])


def shared(page: str) -> str:
    """A page whose drawings borrow the letters of those before them."""
    first: dict[str, str] = {}
    same: dict[str, str] = {}

    def letter(one: re.Match[str]) -> str:
        known = first.setdefault(one[2], one[1])
        if known == one[1]:
            return one[0]
        same[one[1]] = known
        return ""

    def letters(defs: re.Match[str]) -> str:
        inside = _LETTER.sub(letter, defs[1])
        return f"<defs>{inside}</defs>" if inside else ""

    page = _DEFS.sub(letters, page)
    return _USED.sub(lambda one: f'{one[1]}{same.get(one[2], one[2])}"', page)
