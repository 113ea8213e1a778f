r"""Symbols in a figure's words: the stylesheet's macros, as Matplotlib understands them.

`$\sy_1$` is written as a target is everywhere, in weight and in colour.
"""

import re
from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType

from ebmlib.plot.canvas.palette import stylesheet

# Matplotlib knows no bold by that name, and sets a check beside its letter.
KNOWN = {r"\bm{": r"\boldsymbol{", r"\check{": r"\overset{\vee}{"}
_MACRO = re.compile(r"^\\(?:re)?newcommand\{\\([A-Za-z]+)\}\{(.*)\}  %:", re.M)
_ROLE = re.compile(r"^\\newcommand\{\\([a-z]+)\}\[1\]\{\\mathcolor\{([a-z]+)\}\{#1\}\}", re.M)
_USED = re.compile(r"\\([A-Za-z]+)")
_ARGUMENTS = re.compile(r"\([^()]*\)")
_COLOURED = re.compile(r"\\([a-z]+)\{(.*)\}")


def read(text: str) -> dict[str, tuple[str, str]]:
    r"""Macro -> (what Matplotlib understands of its body, its role's colour or ink)."""
    roles = dict(_ROLE.findall(text))
    found = {}
    for name, body in _MACRO.findall(text):
        role = _COLOURED.fullmatch(body)
        colour = roles.get(role[1]) if role else None
        inside = role[2] if role and colour else body
        for tex, ours in KNOWN.items():
            inside = inside.replace(tex, ours)
        found[name] = (inside, colour or "ink")
    return found


@lru_cache(maxsize=1)
def symbols() -> Mapping[str, tuple[str, str]]:
    """The stylesheet's symbols."""
    return MappingProxyType(read(stylesheet().read_text(encoding="utf-8")))


def written(text: str, colour: str = "ink") -> tuple[str, str]:
    r"""A figure's words without macros, and their colour: that of their symbols, if none is given.

    What a symbol depends on does not count, so that `$\eE(\vy, \sz)$` is as red as an energy;
    words whose symbols differ in colour stay ink, since one text of a figure has one colour.
    """
    pieces = text.split("$")
    found = set()
    for odd in range(1, len(pieces), 2):
        named = _USED.findall(_ARGUMENTS.sub("", pieces[odd]))
        found |= {symbols()[one][1] for one in named if one in symbols()}
        pieces[odd] = _USED.sub(_expand, pieces[odd])
    return "$".join(pieces), found.pop() if colour == "ink" and len(found) == 1 else colour


def _expand(used: re.Match[str]) -> str:
    return f"{{{symbols()[used[1]][0]}}}" if used[1] in symbols() else used[0]
