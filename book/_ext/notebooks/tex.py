r"""The book's TeX for readers that know only LaTeX's own commands.

JupyterLab and Colab typeset with MathJax or KaTeX, and the two disagree about `\textcolor`
and about how far `\color` reaches; `{\color{#C92088}{x}}` means the same to both.

A notebook cannot say one colour for light ground and another for dark. So each is lightened, on
its way to its twin for dark ground, as far as white ground allows: red and purple are seen on both.
"""

from __future__ import annotations

import re
from functools import lru_cache

from _ext.stylesheet.expand import expand
from _ext.stylesheet.model import Stylesheet

COLOURED = re.compile(r"\\textcolor\{(#[0-9A-Fa-f]{6})\}\{")
BOLD = re.compile(r"\\bm(?![A-Za-z])")  # KaTeX knows it, MathJax does not
READABLE = 4.5  # of a text's contrast, by WCAG's level AA
STEPS = 100


def standalone(tex: str, sheet: Stylesheet) -> str:
    r"""TeX without the book's macros, in its colours for any ground."""
    tex = BOLD.sub(r"\\boldsymbol", expand(tex, sheet)).replace("^{}", "")  # a first derivative
    twins = {one.light.upper(): one.dark for one in sheet.colours.values()}
    while match := COLOURED.search(tex):
        end = _closing(tex, match.end())
        inner, colour = tex[match.end() : end], on_any_ground(match[1], twins[match[1]])
        tex = f"{tex[: match.start()]}{{\\color{{{colour}}}{{{inner}}}}}{tex[end + 1 :]}"
    return tex


@lru_cache(maxsize=64)
def on_any_ground(light: str, dark: str) -> str:
    """The mix of a colour's two forms that is lightest among those that are legible on white."""
    pairs = list(zip(_rgb(light), _rgb(dark), strict=True))
    for step in range(STEPS + 1):
        mixed = [
            round(on_dark + (on_light - on_dark) * step / STEPS) for on_light, on_dark in pairs
        ]
        if 1.05 / (_luminance(mixed) + 0.05) >= READABLE:
            break
    return "#" + "".join(f"{value:02X}" for value in mixed)


def _rgb(colour: str) -> list[int]:
    return [int(colour[at : at + 2], 16) for at in (1, 3, 5)]


def _luminance(rgb: list[int]) -> float:
    """Of WCAG 2."""
    parts = [value / 255 for value in rgb]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return sum(weight * c for weight, c in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


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
