"""The map of the book in TikZ, for print."""

from __future__ import annotations

from collections.abc import Callable

from sphinx.environment import BuildEnvironment

from _ext.lead import chapters, mapped

PAGE = (
    r"page/.style={draw, rounded corners=5pt, inner xsep=3pt, inner ysep=2.5pt, minimum width=.8cm}"
)
BEGIN = (
    r"\begin{center}\begin{tikzpicture}"
    r"[x=%.2fcm, y=-1.15cm, every node/.style={font=\footnotesize}, " + PAGE + "]"
)
APART, WIDE = 1.18, 9.2  # centimetres between two pages of a lane, and from its first to its last


def drawing(env: BuildEnvironment, encode: Callable[[str], str]) -> str:
    """The map; `encode` writes words for TeX."""
    at = mapped.placed(env)
    names = {page: f"p{one.lane}x{one.step}" for page, one in at.items()}
    longest = max((one.step for one in at.values()), default=1)
    lines = [BEGIN % min(APART, WIDE / max(longest, 1))]
    for number, chapter in enumerate(chapters.chapters(env)):
        lines.append(
            rf"\node[anchor=east] at (-.6,{number}) {{{encode(chapters.name(env, chapter))}}};"
        )
    for page, one in at.items():
        number_ = encode(chapters.number(env, page))
        lines.append(rf"\node[page] ({names[page]}) at ({one.step},{one.lane}) {{{number_}}};")
    lines += [rf"\draw[->,gray] {_bow(names, at, *pair)};" for pair in mapped.edges(env)]
    return "\n" + "\n".join([*lines, r"\end{tikzpicture}\end{center}"]) + "\n"


def _bow(names: dict[str, str], at: dict[str, mapped.Placed], before: str, page: str) -> str:
    a, b = at[before], at[page]
    start, end = names[before], names[page]
    if a.lane != b.lane:
        ends = ("south", "north") if b.lane > a.lane else ("north", "south")
        return rf"({start}.{ends[0]}) to[out={_out(ends[0])},in={_out(ends[1])}] ({end}.{ends[1]})"
    if b.step == a.step + 1:
        return f"({start}) -- ({end})"
    return rf"({start}.north) to[out=60,in=120] ({end}.north)"


def _out(side: str) -> int:
    return -90 if side == "south" else 90
