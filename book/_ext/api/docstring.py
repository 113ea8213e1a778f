"""A docstring's parts: its summary, its words, and sections such as `Formula:`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

SECTIONS = (
    "Formula", "Convention", "Shapes", "Units", "Args", "Returns", "Yields", "Raises", "Source",
    "Derived on",
)  # fmt: skip
TITLE = "|".join(SECTIONS)
HEAD = re.compile(rf"((?:{TITLE})(?:, (?:{TITLE}))*):(?:\s+(.*))?$")  # 'Args, Raises: as softmax'
ITEM = re.compile(r"(\*{0,2}[\w.]+):\s+(.*)$")


@dataclass(frozen=True)
class Part:
    """A section, or a paragraph of plain words, whose title is empty."""

    title: str
    lines: tuple[str, ...]

    @property
    def text(self) -> str:
        return " ".join(" ".join(self.lines).split())

    @property
    def rows(self) -> str:
        """The lines where something ends or is set in; what only ran on in the source runs on."""
        return re.sub(r"(?<![.,;:])\n(?! )", " ", "\n".join(self.lines))

    @property
    def items(self) -> list[tuple[str, str]]:
        """`name: words`, and the lines that go on with them; empty if it is no such list."""
        found: list[tuple[str, str]] = []
        for line in self.lines:
            start = ITEM.match(line)
            if start:
                found.append((start[1], start[2]))
            elif found:
                name, words = found[-1]
                found[-1] = (name, f"{words} {line.strip()}".strip())
            else:
                return []
        return found


def parts(doc: str) -> list[Part]:
    """The docstring in order; the first part is its summary."""
    found: list[Part] = []
    title = ""
    lines: list[str] = []
    for line in [*doc.splitlines(), ""]:
        head = HEAD.match(line)
        ends = head or (title and line[:1].strip()) or (not title and not line.strip())
        if ends:
            found += _part(title, lines)
            title, lines = (head[1], [head[2] or ""]) if head else ("", [line])
        else:
            lines.append(line)
    return found + _part(title, lines)


@cache
def derived(doc: str) -> list[str]:
    """The pages that a docstring names after `Derived on:`, without their ending."""
    texts = [part.text for part in parts(doc) if part.title == "Derived on"]
    return [name for text in texts for name in re.findall(r"([\w/-]+)\.md", text)]


def _part(title: str, lines: list[str]) -> list[Part]:
    while lines and not lines[0].strip():
        lines = lines[1:]
    while lines and not lines[-1].strip():
        lines = lines[:-1]
    if not lines:
        return []
    # A section's first words may stand beside its title; the others are indented.
    indents = [len(line) - len(line.lstrip()) for line in lines if line.strip()]
    least = min(indents[1:] or indents) if indents[0] == 0 else min(indents)
    cut = [line[min(least, len(line) - len(line.lstrip())) :] for line in lines]
    return [Part(title, tuple(cut))]
