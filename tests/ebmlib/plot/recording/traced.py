"""A function of settings, recorded and written: what the tests of the recording share."""

from collections.abc import Callable, Sequence
from typing import Any

import torch
from torch import Tensor

from ebmlib.plot.recording.program import Program, Value
from ebmlib.plot.recording.script import Script
from ebmlib.plot.recording.tracer import Tracer

TOLERANCE = {torch.float64: 1e-9, torch.float32: 1e-5}


def traced(
    function: Callable[..., Any], *inputs: Tensor
) -> tuple[Program, list[Value], list[Tensor]]:
    """The program of a function at these inputs, the values of its results, and the results."""
    tracer = Tracer({f"x{k}": one for k, one in enumerate(inputs)})
    with tracer:
        outs = listed(function(*inputs))
    values = [tracer.value(one) for one in outs]
    assert all(values), "a result does not follow the settings"
    return tracer.program, [one for one in values if one], outs


def listed(out: Any) -> list[Tensor]:
    return list(out) if isinstance(out, (tuple, list)) else [out]


def written(function: Callable[..., Any], *inputs: Tensor) -> str:
    program, wanted, _ = traced(function, *inputs)
    return Script(program, wanted).text()


def close(mine: Sequence[Tensor], right: Sequence[Tensor]) -> None:
    """Every output equals torch's in its own precision."""
    for one, other in zip(mine, right, strict=True):
        rel = TOLERANCE.get(other.dtype, 0.0)
        torch.testing.assert_close(
            one, other.detach().reshape(-1).double(), rtol=rel, atol=rel, equal_nan=True
        )
