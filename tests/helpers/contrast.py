"""How well a colour is read on another, as WCAG computes it."""

from __future__ import annotations

import numpy as np


def rgb(hexes: str) -> np.ndarray:
    return np.array([int(hexes[i : i + 2], 16) / 255 for i in (1, 3, 5)])


def luminance(hexes: str) -> float:
    c = rgb(hexes)
    linear = np.where(c <= 0.04045, c / 12.92, ((c + 0.055) / 1.055) ** 2.4)
    return float(linear @ [0.2126, 0.7152, 0.0722])


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)
