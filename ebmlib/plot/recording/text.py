"""The small words of the written program: loops, places in arrays, numbers, constants."""

import base64
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from math import prod

import numpy as np
import torch
from torch import Tensor

ARRAYS = {
    torch.float64: "Float64Array",
    torch.float32: "Float32Array",
    torch.int64: "Float64Array",  # exact below 2^53, which the tracer checks
    torch.int32: "Int32Array",
    torch.bool: "Uint8Array",
}
FEW = 64


class NotKnownError(ValueError):
    """A call, a form of it or a kind of number that live figures do not know."""


@dataclass(frozen=True)
class Loops:
    """Nested loops over a shape: what opens them, the index inside, what closes them."""

    open: str
    index: list[str]
    close: str = "}"


def loops(shape: Sequence[int], letter: str = "i") -> Loops:
    """Loops over all entries; a dimension of one entry needs none."""
    index = ["0" if size == 1 else f"{letter}{dim}" for dim, size in enumerate(shape)]
    heads = [
        f"for(let {one}=0;{one}<{size};{one}++)"
        for one, size in zip(index, shape, strict=True)
        if size != 1
    ]
    return Loops("".join(heads) + "{", index)


def strides(shape: Sequence[int]) -> list[int]:
    """How far apart neighbours stand in a contiguous array, one number a dimension."""
    return [*accumulate(reversed(shape[1:]), lambda a, b: a * b, initial=1)][::-1] if shape else []


def flat(index: Sequence[str], shape: Sequence[int]) -> str:
    """The place of an index in a contiguous array."""
    terms = []
    for one, step, size in zip(index, strides(shape), shape, strict=True):
        if size == 1 or one == "0":
            continue
        if one.isdigit():
            terms.append(str(int(one) * step))
        else:
            terms.append(one if step == 1 else f"{step}*{one}")
    return "+".join(terms) or "0"


def shifted(one: str, start: int = 0, step: int = 1) -> str:
    """start + step * one, short."""
    if one.isdigit():
        return str(start + step * int(one))
    text = one if step == 1 else f"{step}*{one}"
    return f"({start}+{text})" if start else one if step == 1 else f"({text})"


def regrouped(index: Sequence[str], out: Sequence[int], shape: Sequence[int]) -> list[str]:
    """The index in `shape` of what stands at `index` in the reshaped `out`.

    Groups of neighbouring dimensions with as many entries on both sides are matched one by one.
    """
    back: list[str] = []
    i = j = 0
    while j < len(shape):
        left, right = i, j
        a = b = 1
        while a != b or i == left or j == right:  # the shortest stretch of both
            if (a <= b or j == len(shape)) and i < len(out):
                a, i = a * out[i], i + 1
            elif j < len(shape):
                b, j = b * shape[j], j + 1
            else:
                break
        back += _unfolded(flat(index[left:i], out[left:i]), shape[right:j])
    return back


def _unfolded(place: str, shape: Sequence[int]) -> list[str]:
    """The index of a place in a contiguous array of this shape."""
    index: list[str] = []
    for dim, (size, step) in enumerate(zip(shape, strides(shape), strict=True)):
        one = place if step == 1 else f"(({place})/{step}|0)"
        if prod(shape[:dim]) > 1 and size > 1:
            one = f"(({one})%{size})"
        atom = one.isidentifier() or one.isdigit()
        index.append("0" if size == 1 else one if atom else f"({one})")
    return index


def number(value: float, single: bool = False) -> str:
    """A number as a literal; with `single` it is rounded to 32 bits first, as torch does."""
    if isinstance(value, bool):
        return "1" if value else "0"
    value = float(np.float32(value)) if single else float(value)
    if value != value:
        return "NaN"
    if abs(value) == float("inf"):
        return "Infinity" if value > 0 else "(-Infinity)"
    whole = value == int(value) and abs(value) < 1e15
    text = str(int(value)) if whole else repr(value)
    if text.lstrip("-").startswith("0."):
        text = text.replace("0.", ".", 1)
    return f"({text})" if text.startswith("-") else text


def uniform(tensor: Tensor) -> bool:
    """Whether all entries are the same number: it is written where it is read."""
    entries = tensor.reshape(-1)
    return tensor.numel() > 0 and bool((entries == entries[0]).all())


def weight(tensor: Tensor) -> int:
    """How many letters a tensor's numbers take; none if its dtype cannot be written."""
    if tensor.dtype not in ARRAYS or uniform(tensor):
        return 0
    return len(constant(tensor))


def constant(tensor: Tensor) -> str:
    """A typed array: as numbers if few, by its rule if it is a ruler, else as its bytes."""
    if tensor.dtype not in ARRAYS:
        raise NotKnownError(f"{tensor.dtype} numbers are not known to live figures yet.")
    kind = ARRAYS[tensor.dtype]
    values = tensor.detach().reshape(-1)
    held = values.double() if kind == "Float64Array" else values
    if len(held) > 8 and (rule := _ruler(held)):
        return rule
    text = ",".join(number(one).strip("()") for one in held.tolist())
    raw = base64.b64encode(held.numpy().tobytes()).decode()
    if len(held) <= FEW or len(text) < len(raw):
        return f"{kind}.of({text})"
    return f'new {kind}(Uint8Array.from(atob("{raw}"),x=>x.charCodeAt()).buffer)'


def _ruler(values: Tensor) -> str:
    """torch.linspace and torch.arange, but for last bits: torch rounds once where we do twice."""
    if values.dtype != torch.float64 or not bool(torch.isfinite(values).all()):
        return ""
    held, n = values.numpy(), len(values)
    first, last = float(held[0]), float(held[-1])
    made = np.linspace(first, last, n)
    if np.abs(made - held).max() > 4 * np.spacing(max(abs(first), abs(last))):
        return ""
    return f"ruler({number(first)},{number(last)},{n})"
