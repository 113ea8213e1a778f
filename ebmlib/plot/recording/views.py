"""Views as index arithmetic: they cost nothing in the page."""

from collections.abc import Callable, Sequence
from typing import TypeAlias

import torch

from ebmlib.plot.recording.program import Call
from ebmlib.plot.recording.text import NotKnownError, flat, regrouped, shifted
from ebmlib.plot.recording.writer import Writer

Where: TypeAlias = Callable[[Call, list[str], tuple[int, ...]], list[str]]
"""(call, index of the view, shape of the source) -> index of the source."""


def _unsqueeze(call: Call, index: list[str], shape: tuple[int, ...]) -> list[str]:
    dim = call.args[1] % (len(shape) + 1)
    return index[:dim] + index[dim + 1 :]


def _squeeze(call: Call, index: list[str], shape: tuple[int, ...]) -> list[str]:
    given = call.argument(1, "dim")
    dims = range(len(shape)) if given is None else [given] if isinstance(given, int) else given
    gone = {dim % len(shape) for dim in dims if shape and shape[dim % len(shape)] == 1}
    rest = iter(index)
    return ["0" if dim in gone else next(rest) for dim in range(len(shape))]


def _expand(call: Call, index: list[str], shape: tuple[int, ...]) -> list[str]:
    tail = index[len(index) - len(shape) :]
    return ["0" if size == 1 else one for size, one in zip(shape, tail, strict=True)]


def _permute(call: Call, index: list[str], shape: tuple[int, ...]) -> list[str]:
    order = list(range(len(shape)))
    if call.kind == "permute":
        order = [dim % len(shape) for dim in call.args[1]]
    elif call.kind == "transpose":
        a, b = (dim % len(shape) for dim in call.args[1:3])
        order[a], order[b] = order[b], order[a]
    else:
        order.reverse()
    return [index[order.index(dim)] for dim in range(len(shape))]


def _select(call: Call, index: list[str], shape: tuple[int, ...]) -> list[str]:
    dim = call.args[1] % len(shape)
    return [*index[:dim], str(call.args[2] % shape[dim]), *index[dim:]]


def _slice(call: Call, index: list[str], shape: tuple[int, ...]) -> list[str]:
    dim = call.argument(1, "dim", 0) % len(shape)
    start, step = call.argument(2, "start") or 0, call.argument(4, "step", 1)
    start = max(start + shape[dim], 0) if start < 0 else start
    return [*index[:dim], shifted(index[dim], start, step), *index[dim + 1 :]]


def _flip(call: Call, index: list[str], shape: tuple[int, ...]) -> list[str]:
    dims = {dim % len(shape) for dim in call.args[1]}
    return [f"({shape[d] - 1}-{one})" if d in dims else one for d, one in enumerate(index)]


def _diagonal(call: Call, index: list[str], shape: tuple[int, ...]) -> list[str]:
    offset = call.argument(1, "offset", 0)
    first, second = (call.argument(k, f"dim{k - 1}", k - 2) % len(shape) for k in (2, 3))
    rest = iter(index[:-1])
    places = {first: max(-offset, 0), second: max(offset, 0)}
    return [
        shifted(index[-1], places[dim]) if dim in places else next(rest)
        for dim in range(len(shape))
    ]


def _unfold(call: Call, index: list[str], shape: tuple[int, ...]) -> list[str]:
    dim, _, step = call.args[1:4]
    dim %= len(shape)
    place = f"({shifted(index[dim], 0, step)}+{index[-1]})"
    return [*index[:dim], place, *index[dim + 1 : -1]]


def _repeat(call: Call, index: list[str], shape: tuple[int, ...]) -> list[str]:
    tail = index[len(index) - len(shape) :]
    return [f"({one}%{size})" if size > 1 else "0" for one, size in zip(tail, shape, strict=True)]


def _broadcast(call: Call, index: list[str], shape: tuple[int, ...]) -> list[str]:
    return ["0" if size == 1 else index[d] for d, size in zip(call.args[2], shape, strict=True)]


def _same(call: Call, index: list[str], shape: tuple[int, ...]) -> list[str]:
    return index


WHERE: dict[str, Where] = {
    "unsqueeze": _unsqueeze, "squeeze": _squeeze, "expand": _expand, "permute": _permute,
    "transpose": _permute, "t": _permute, "select": _select,
    "slice": _slice, "flip": _flip, "diagonal": _diagonal, "unfold": _unfold, "repeat": _repeat,
    "broadcast_in_dim": _broadcast, "detach": _same, "alias": _same, "clone": _same,
}  # fmt: skip
RESHAPES = {"view", "_unsafe_view"}


def view(writer: Writer, call: Call, index: Sequence[str]) -> str:
    """What stands at an index of a view."""
    source = call.args[0]
    shape = writer.program.shape(source)
    if call.kind in RESHAPES:
        return _reshaped(writer, call, list(index))
    return writer.at(source, WHERE[call.kind](call, list(index), shape))


def _reshaped(writer: Writer, call: Call, index: list[str]) -> str:
    """By its flat place, or at once where only dimensions of one entry come or go."""
    source, out = call.args[0], call.shape
    if isinstance(call.args[1], torch.dtype):
        raise NotKnownError(f"{call.name} as another dtype is not known to live figures yet.")
    shape = writer.program.shape(source)
    if [n for n in out if n != 1] == [n for n in shape if n != 1]:
        rest = (one for one, size in zip(index, out, strict=True) if size != 1)
        return writer.at(source, ["0" if size == 1 else next(rest) for size in shape])
    if array := writer.base(source):
        return f"{array}[{flat(index, out)}]"
    return writer.at(source, regrouped(index, out, shape))
