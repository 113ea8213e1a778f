"""What a reader may move in a live figure: a slider, points, a switch, cells, another draw.

Each control knows the tensor that the drawing gets, and a random one of its range for the checks.
`label` is what stands beside it, a formula in dollars; `spoken` is the same in words.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar

import torch
from torch import Tensor


def _tensor(values: object) -> Tensor:
    return torch.tensor(values, dtype=torch.get_default_dtype())


def _share(generator: torch.Generator, shape: Sequence[int] = ()) -> Tensor:
    return torch.rand(list(shape), generator=generator, dtype=torch.float64)


@dataclass(frozen=True)
class Slider:
    """A number between `low` and `high`; `log` spaces it by factors, `step` as on a ruler."""

    kind: ClassVar[str] = "slider"
    start: float
    low: float
    high: float
    label: str = ""
    spoken: str = ""
    log: bool = False
    step: float = 0.0
    colour: str = "ink"

    def __post_init__(self) -> None:
        inside = self.low <= self.start <= self.high and self.low < self.high
        if not inside or (self.log and self.low <= 0):
            raise ValueError(
                "a slider needs low <= start <= high with low < high, and low > 0 if log. "
                f"Got {self.low}, {self.start}, {self.high}."
            )

    def tensor(self) -> Tensor:
        """The number that the drawing begins with."""
        return _tensor(float(self.start))

    def any(self, generator: torch.Generator) -> Tensor:
        """A random number of the range."""
        share = float(_share(generator))
        if self.log:
            return _tensor(self.low * (self.high / self.low) ** share)
        value = self.low + share * (self.high - self.low)
        if self.step:
            steps = math.floor((value - self.low) / self.step)
            value = self.low + steps * self.step
        return _tensor(value)


@dataclass(frozen=True)
class _Placed:
    """What is placed in the rectangle of a panel; an axis with low = high stays as it is."""

    start: tuple[Any, ...]
    low: tuple[float, float]
    high: tuple[float, float]
    label: str = ""
    spoken: str = ""
    panel: int = 0
    colour: str = "blue"

    def __post_init__(self) -> None:
        low, high, start = _tensor(self.low), _tensor(self.high), self.tensor()
        inside = bool(((low <= start) & (start <= high)).all())
        if not inside or self.low == self.high:
            raise ValueError(
                "a point needs low <= start <= high on both axes, and low < high on one. "
                f"Got {self.low}, {self.start}, {self.high}."
            )

    def tensor(self) -> Tensor:
        """Where the drawing begins: shape (2,), or (points, 2)."""
        return _tensor(self.start)

    def any(self, generator: torch.Generator) -> Tensor:
        """Random places in the rectangle."""
        low, high = _tensor(self.low), _tensor(self.high)
        return low + _share(generator, self.tensor().shape).to(low.dtype) * (high - low)


@dataclass(frozen=True)
class Point(_Placed):
    """A point in the plane of a panel, to be dragged, or placed by a tap."""

    kind: ClassVar[str] = "point"
    start: tuple[float, float]


@dataclass(frozen=True)
class Points(_Placed):
    """Several points of a panel, each to be dragged; a tap moves the one that was chosen last."""

    kind: ClassVar[str] = "points"
    start: tuple[tuple[float, float], ...]


@dataclass(frozen=True)
class Switch:
    """On or off: the drawing gets 1 or 0."""

    kind: ClassVar[str] = "switch"
    start: bool
    label: str = ""
    spoken: str = ""
    colour: str = "ink"

    def tensor(self) -> Tensor:
        """1 where it is on at the start, 0 where it is off."""
        return _tensor(float(self.start))

    def any(self, generator: torch.Generator) -> Tensor:
        """On or off by chance."""
        return _share(generator).round().to(torch.get_default_dtype())


@dataclass(frozen=True)
class Cells:
    """Cells to be painted or clicked, round given places of a panel: each is 1 or 0.

    `at` holds the middle of each cell, (cells, 2), in the panel's units.
    """

    kind: ClassVar[str] = "cells"
    start: tuple[bool, ...]
    at: tuple[tuple[float, float], ...]
    label: str = ""
    spoken: str = ""
    panel: int = 0
    colour: str = "blue"

    def __post_init__(self) -> None:
        if len(self.start) != len(self.at):
            raise ValueError(
                f"cells need one place each. Got {len(self.start)} and {len(self.at)}."
            )

    def tensor(self) -> Tensor:
        """The cells that the drawing begins with: shape (cells,), entries 0 and 1."""
        return _tensor([float(one) for one in self.start])

    def any(self, generator: torch.Generator) -> Tensor:
        """Each cell on or off by chance."""
        return _share(generator, (len(self.start),)).round().to(torch.get_default_dtype())


@dataclass(frozen=True)
class Noise:
    """A button that draws again: the drawing gets a whole number, for `normals`."""

    kind: ClassVar[str] = "noise"
    start: int = 0
    label: str = "Draw again"
    spoken: str = ""
    largest: int = field(default=9999)

    def tensor(self) -> Tensor:
        """The number of the first draw, an int32."""
        return torch.tensor(self.start, dtype=torch.int32)

    def any(self, generator: torch.Generator) -> Tensor:
        """The number of any draw."""
        return (_share(generator) * self.largest).to(torch.int32)


Control = Slider | Point | Points | Switch | Cells | Noise


def normals(seed: Tensor, *shape: int) -> Tensor:
    """Standard normal numbers that follow from a whole number, the same in torch and the browser.

    A counter is mixed in 32 bits (Wellons' lowbias32), and pairs of the uniform numbers become
    normal ones by Box and Muller's cosine.

    Args:
        seed: a whole number below 2^31, as the control `Noise` gives it.
        shape: how many numbers, in which shape.

    Returns:
        float64 numbers of that shape.
    """
    count = math.prod(shape)
    x = torch.arange(2 * count, dtype=torch.int32) + _mixed(seed.to(torch.int32))
    bits = _mixed(x) & 0x7FFFFFFF
    uniform = (bits.to(torch.float64) + 0.5) / 2**31
    radius = (-2 * uniform[:count].log()).sqrt()
    return (radius * (2 * math.pi * uniform[count:]).cos()).reshape(shape)


def _mixed(x: Tensor) -> Tensor:
    """Every bit of the result depends on every bit of x; int32 wraps as unsigned numbers do."""
    for shift, factor in ((16, 0x7FEB352D), (15, 0x846CA68B - 2**32)):
        x = (x ^ _shifted(x, shift)) * factor
    return x ^ _shifted(x, 16)


def _shifted(x: Tensor, bits: int) -> Tensor:
    """To the right, with zeros coming in: torch's own shift keeps the sign."""
    return (x >> bits) & ((1 << (32 - bits)) - 1)
