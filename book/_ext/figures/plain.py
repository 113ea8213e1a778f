"""Lines through many points as lines through fewer, from which no point left out is seen to be off.

From a corner the next one is as far as it can be while the line to it passes all points between
within `OFF`: the directions that do are a cone, which narrows from point to point.
"""

from __future__ import annotations

import math
import re

from _ext.figures.places import Place, places

OFF = 3.0  # hundredths of a point, a twentieth of a pixel
_LINE = re.compile(r"M-?[\d.]+ -?[\d.]+(?:L-?[\d.]+ -?[\d.]+){12,}")


def plain(path: str) -> str:
    """The path with its long lines through as few of their points as show the same."""
    return _LINE.sub(lambda line: _written(fewer(places(line[0]))), path)


def fewer(line: list[Place]) -> list[Place]:
    """The first and the last place, and those between at which the line bends."""
    kept, at = [line[0]], 0
    while at < len(line) - 1:
        at = _farthest(line, at)
        kept.append(line[at])
    return kept


def _farthest(line: list[Place], start: int) -> int:
    """The last place that a straight line from `start` reaches."""
    x, y = line[start]
    low, high, ahead, far = -math.pi, math.pi, None, 0.0
    for at in range(start + 1, len(line)):
        across, down = line[at][0] - x, line[at][1] - y
        distance = math.hypot(across, down)
        if distance < far - OFF:  # it turns back
            return at - 1
        if distance > OFF:
            angle = math.atan2(down, across)
            ahead = angle if ahead is None else ahead
            turn = (angle - ahead + math.pi) % math.tau - math.pi
            if not low <= turn <= high:
                return at - 1
            wide = math.asin(OFF / distance)
            low, high = max(low, turn - wide), min(high, turn + wide)
        far = max(far, distance)
    return len(line) - 1


def _written(line: list[Place]) -> str:
    return "M" + "L".join(f"{x / 100:.8g} {y / 100:.8g}" for x, y in line)
