"""How well one colour can be told from another: the ratio of WCAG 2, from 1 to 21."""

from __future__ import annotations

READABLE = 4.5  # WCAG 2 AA, for text of any size
WEIGHTS = (0.2126, 0.7152, 0.0722)


def contrast(one: str, other: str) -> float:
    """The ratio of the luminances of two colours '#rrggbb', the lighter one over the darker."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def luminance(hexes: str) -> float:
    """The relative luminance of '#rrggbb', from 0 to 1."""
    parts = (int(hexes[place : place + 2], 16) / 255 for place in (1, 3, 5))
    return sum(w * _linear(c) for w, c in zip(WEIGHTS, parts, strict=True))


def _linear(c: float) -> float:
    return c / 12.92 if c <= 0.04045 else float(((c + 0.055) / 1.055) ** 2.4)
