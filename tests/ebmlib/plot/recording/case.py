"""One call alone: the function, and what it is fed."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
import torch
from torch import Tensor

from ebmlib.plot.recording.script import Script
from tests.ebmlib.plot.recording.javascript import Javascript
from tests.ebmlib.plot.recording.traced import close, listed, traced

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
    """Random tensors of a case's shapes and range, in what is the default from now on."""
    if dtype.is_floating_point:
        torch.set_default_dtype(dtype)  # the fixture `float64` sets it back
    made = []
    for shape in one.shapes:
        values = one.low + (one.high - one.low) * torch.rand(
            shape, generator=generator, dtype=torch.float64
        )
        made.append(values.round().to(dtype) if dtype in (INT32, INT64) else values.to(dtype))
    return made


def each(cases: list[Case]) -> list[Any]:
    """Every case in every dtype that it is tried with."""
    return [
        pytest.param(one, dtype, id=f"{one.name}-{str(dtype)[6:]}")
        for one in cases
        for dtype in one.dtypes
    ]


def check(one: Case, dtype: torch.dtype, javascript: Javascript) -> None:
    """The browser's numbers and those of a replay are torch's, at three random inputs."""
    generator = torch.Generator().manual_seed(7)
    program, wanted, _ = traced(one.function, *inputs(one, dtype, generator))
    settings = [inputs(one, dtype, generator) for _ in range(3)]
    found = javascript.run(Script(program, wanted).text(), settings)
    for values, mine in zip(settings, found, strict=True):
        right = listed(one.function(*values))
        close(mine, right)
        again = program.replay({f"x{k}": v for k, v in enumerate(values)}, wanted)
        close([x.reshape(-1).double() for x in again], right)
