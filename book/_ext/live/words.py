"""Words with formulas in dollars and numbers in braces, taken apart."""

from __future__ import annotations

import re
from collections.abc import Iterator

PART = re.compile(r"\$([^$]+)\$|\{(\w+)(?::\.(\d+)f)?\}")


def pieces(text: str) -> Iterator[tuple[str, str]]:
    """Each piece with its kind: `words`, `maths` (TeX), or `number` (NAME or NAME:DIGITS)."""
    end = 0
    for found in PART.finditer(text):
        if found.start() > end:
            yield "words", text[end : found.start()]
        end = found.end()
        tex, name, digits = found.groups()
        yield ("maths", tex) if tex else ("number", f"{name}:{digits}" if digits else name)
    if end < len(text):
        yield "words", text[end:]
