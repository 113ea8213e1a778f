r"""Symbols in a figure's words: the stylesheet's macros, as Matplotlib understands them.

`$\sy_1$` is written as a target is everywhere, in weight and in colour.
"""

import re
from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType

from ebmlib.plot.canvas.palette import stylesheet

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
        found[name] = (inside.replace(r"\bm{", r"\boldsymbol{"), colour or "ink")
    return found


@lru_cache(maxsize=1)
def symbols() -> Mapping[str, tuple[str, str]]:
    """The stylesheet's symbols."""
    return MappingProxyType(read(stylesheet().read_text(encoding="utf-8")))


def written(text: str, colour: str = "ink") -> tuple[str, str]:
    r"""A figure's words without macros, and their colour: that of their symbols, if none is given.

    What a symbol depends on does not count, so that `$\eE(\vy, \sz)$` is as red as an energy;
    words whose symbols differ in colour stay ink, since one text of a figure has one colour.

    Raises:
        ValueError: for a symbol with a check, which Matplotlib sets beside its letter.
    """
    pieces = text.split("$")
    found = set()
    for odd in range(1, len(pieces), 2):
        named = _USED.findall(_ARGUMENTS.sub("", pieces[odd]))
        found |= {symbols()[one][1] for one in named if one in symbols()}
        pieces[odd] = _USED.sub(_expand, pieces[odd])
    return "$".join(pieces), found.pop() if colour == "ink" and len(found) == 1 else colour


def _expand(used: re.Match[str]) -> str:
    if used[1] not in symbols():
        return used[0]
    body = symbols()[used[1]][0]
    if r"\check" in body:
        raise ValueError(f"a figure's words cannot hold {used[0]}: its check has no place there.")
    return f"{{{body}}}"
