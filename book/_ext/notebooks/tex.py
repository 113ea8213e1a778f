r"""The book's TeX for readers that know only LaTeX's own commands.

JupyterLab and Colab typeset with MathJax or KaTeX, and the two disagree about `\textcolor`
and about how far `\color` reaches; `{\color{#C92088}{x}}` means the same to both.
"""

from __future__ import annotations

import re

from _ext.stylesheet.expand import expand
from _ext.stylesheet.model import Stylesheet

COLOURED = re.compile(r"\\textcolor\{(#[0-9A-Fa-f]{6})\}\{")


def standalone(tex: str, sheet: Stylesheet) -> str:
    r"""TeX without the book's macros, in its colours on white ground."""
    tex = expand(tex, sheet).replace(r"\bm{", r"\boldsymbol{")
    while match := COLOURED.search(tex):
        end = _closing(tex, match.end())
        inner = tex[match.end() : end]
        tex = f"{tex[: match.start()]}{{\\color{{{match[1]}}}{{{inner}}}}}{tex[end + 1 :]}"
    return tex


def _closing(tex: str, start: int) -> int:
    """Where the group that is open at `start` closes."""
    depth, at = 1, start
    while at < len(tex):
        if tex[at] == "\\":
            at += 2
            continue
        depth += {"{": 1, "}": -1}.get(tex[at], 0)
        if depth == 0:
            return at
        at += 1
    raise ValueError(f"a brace is missing in {tex!r}.")
