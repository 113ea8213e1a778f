"""One call alone: the function, and what it is fed."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor

FLOATS = (torch.float64, torch.float32)
INT32, INT64 = torch.int32, torch.int64


@dataclass(frozen=True)
class Case:
    """A function of tensors, their shapes, and the dtypes it is tried with."""

    name: str
    function: Callable[..., Any]
    shapes: tuple[tuple[int, ...], ...]
    dtypes: tuple[torch.dtype, ...] = FLOATS
    low: float = -2.0
    high: float = 2.0


def case(name: str, function: Callable[..., Any], *shapes: tuple[int, ...], **how: Any) -> Case:
    return Case(name, function, shapes or ((3, 4),), **how)


def inputs(one: Case, dtype: torch.dtype, generator: torch.Generator) -> list[Tensor]:
    """Random tensors of a case's shapes and range."""
    made = []
    for shape in one.shapes:
        values = one.low + (one.high - one.low) * torch.rand(
            shape, generator=generator, dtype=torch.float64
        )
        made.append(values.round().to(dtype) if dtype in (INT32, INT64) else values.to(dtype))
    return made
