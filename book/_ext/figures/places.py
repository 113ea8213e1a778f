"""Places in a drawing, in hundredths of a point, read from a path's text."""

from __future__ import annotations

import re

Place = tuple[int, int]
_NUMBER = re.compile(r"-?[\d.]+")


def places(text: str) -> list[Place]:
    """The places of absolute lines, as in `M1 2L3.5 4`."""
    values = [round(float(one) * 100) for one in _NUMBER.findall(text)]
    return list(zip(values[::2], values[1::2], strict=True))
