"""What Python writes for a very small or a very large number, '2.8e-06', in its two parts."""

from __future__ import annotations

import re

WRITTEN = re.compile(r"^(-?[\d.]+)e([+-]\d+)$")


def parts(text: str) -> tuple[str, int] | None:
    """The number before the power of ten, as it is written, and the power; else nothing."""
    found = WRITTEN.match(text)
    return (found[1], int(found[2])) if found else None
