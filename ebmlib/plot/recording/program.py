"""A recorded program: calls of torch, one after another, from settings to numbers."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeAlias

import torch
from torch import Tensor
from torch.utils._pytree import tree_leaves, tree_map

SETTING = "setting"
OVERWRITING = {"copy", "fill", "zero"}
"""Calls that change their first argument without reading it."""
LARGEST = 2**53
"""Integers beyond it are not exact in the browser, where all numbers are doubles."""


@dataclass(frozen=True)
class Value:
    """The output number `out` of the call number `call`."""

    call: int
    out: int = 0


@dataclass(frozen=True)
class Constant:
    """A tensor that came into the program from outside: its number in `Program.constants`."""

    index: int


Operand: TypeAlias = Value | Constant


def is_operand(one: Any) -> bool:
    """Whether an argument is a tensor of the program, and no literal."""
    return isinstance(one, (Value, Constant))


@dataclass
class Call:
    """One call: its name (`aten.add.Tensor`), its arguments, and what is known of its outputs."""

    name: str
    op: Any
    args: tuple[Any, ...]
    kwargs: dict[str, Any]
    shapes: list[tuple[int, ...]]
    dtypes: list[torch.dtype]
    moves: bool
    """With a setting: what does not move is computed once."""
    values: list[Tensor] = field(default_factory=list)
    """The outputs, of a call that does not move."""
    called: str = ""
    """The call of the drawing that this one is a part of, for messages."""
    place: tuple[str, int] = ("", 0)
    """File and line of the drawing that called it."""

    @property
    def kind(self) -> str:
        """The name without its family and its form: `add` of `aten.add_.Tensor`."""
        name = self.name.split(".")[1] if "." in self.name else self.name
        return name[:-1] if name.endswith("_") and not name.startswith("__") else name

    @property
    def shape(self) -> tuple[int, ...]:
        """The first output's."""
        return self.shapes[0]

    @property
    def dtype(self) -> torch.dtype:
        """The first output's."""
        return self.dtypes[0]

    def operands(self) -> Iterator[Operand]:
        """The tensors that are read, in their order."""
        args = self.args[1:] if self.kind in OVERWRITING else self.args
        for one in tree_leaves((args, self.kwargs), is_leaf=is_operand):
            if isinstance(one, (Value, Constant)):
                yield one

    def argument(self, place: int, name: str, default: Any = None) -> Any:
        """An argument that may be given by its place or by its name."""
        return self.args[place] if place < len(self.args) else self.kwargs.get(name, default)


@dataclass
class Program:
    """The calls in their order, and the tensors that they start from."""

    settings: dict[str, Value] = field(default_factory=dict)
    calls: list[Call] = field(default_factory=list)
    constants: list[Tensor] = field(default_factory=list)
    left: list[tuple[Call, Any, str]] = field(default_factory=list)
    """Where a number that follows a setting left torch: the call, the number, in words."""

    def shape(self, one: Operand) -> tuple[int, ...]:
        """The shape of a value or a constant."""
        if isinstance(one, Constant):
            return tuple(self.constants[one.index].shape)
        return self.calls[one.call].shapes[one.out]

    def dtype(self, one: Operand) -> torch.dtype:
        """The dtype of a value or a constant."""
        if isinstance(one, Constant):
            return self.constants[one.index].dtype
        return self.calls[one.call].dtypes[one.out]

    def moves(self, one: Operand) -> bool:
        """Whether it follows a setting."""
        return isinstance(one, Value) and self.calls[one.call].moves

    def known(self, one: Operand) -> Tensor | None:
        """The tensor itself, where it does not move."""
        if isinstance(one, Constant):
            return self.constants[one.index]
        call = self.calls[one.call]
        return None if call.moves else call.values[one.out]

    def replay(self, settings: Mapping[str, Tensor], wanted: Sequence[Value]) -> list[Tensor]:
        """Make the recorded calls again with other settings: torch itself says what they give.

        Raises:
            ValueError: where an integer leaves what the browser holds exactly.
        """
        values = self._values(settings)
        return [values[one] for one in wanted]

    def left_otherwise(self, settings: Mapping[str, Tensor]) -> list[str]:
        """What left torch at the start and would be another number at these settings."""
        values = self._values(settings)
        return [
            words
            for call, number, words in self.left
            if not _same(number, _made(call, self._filler(values)))
        ]

    def _filler(self, values: Mapping[Value, Tensor]) -> Callable[[Any], Any]:
        def fill(one: Any) -> Any:
            if isinstance(one, Constant):
                return self.constants[one.index]
            return values[one] if isinstance(one, Value) else one

        return fill

    def _values(self, settings: Mapping[str, Tensor]) -> dict[Value, Tensor]:
        values = {ref: settings[name] for name, ref in self.settings.items()}
        for number, call in enumerate(self.calls):
            if call.name == SETTING:
                continue
            outs = call.values if not call.moves else _again(call, self._filler(values))
            values |= {Value(number, out): one for out, one in enumerate(outs)}
        return values


def _again(call: Call, fill: Callable[[Any], Any]) -> list[Any]:
    out = _made(call, fill)
    outs = [one for one in (out if isinstance(out, (tuple, list)) else [out]) if one is not None]
    check_exact(call.name, outs)
    return outs


def _made(call: Call, fill: Callable[[Any], Any]) -> Any:
    args, kwargs = (tree_map(fill, part, is_leaf=is_operand) for part in (call.args, call.kwargs))
    if call.op._schema.is_mutable:
        args = (args[0].clone(), *args[1:])
    return call.op(*args, **kwargs)


def _same(one: Any, other: Any) -> bool:
    return bool(one == other) or (one != one and other != other)


def check_exact(name: str, outs: Sequence[Any]) -> None:
    """Raise ValueError where an integer is too large for the browser's numbers.

    Raises:
        ValueError: for 64-bit integers of 2^53 or more; 32-bit ones wrap alike on both sides.
    """
    for one in outs:
        if isinstance(one, Tensor) and one.dtype == torch.int64 and one.numel():
            largest = max(int(one.max()), -int(one.min()))
            if largest >= LARGEST:
                raise ValueError(
                    f"{name}: integers must stay below 2^53 in the browser. Got {largest}. "
                    "Let them be int32, which wraps in the browser as it does in torch."
                )
