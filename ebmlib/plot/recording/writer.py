"""The writer's workbench: expressions for what stands at an index, arrays, lines of the program.

Names never meet: settings are `s_NAME`, arrays `$1`, constants `_1`; loop variables and helpers
have neither prefix.
"""

from collections.abc import Callable, Mapping, Sequence
from math import prod
from typing import Any, TypeAlias

import torch
from torch import Tensor

from ebmlib.plot.recording.places import told
from ebmlib.plot.recording.plan import Kinds, Plan
from ebmlib.plot.recording.program import SETTING, Call, Constant, Program, Value
from ebmlib.plot.recording.text import ARRAYS, NotKnownError, constant, flat, loops, number, uniform

Expression: TypeAlias = Callable[["Writer", Call, Sequence[str]], str]
Statement: TypeAlias = Callable[["Writer", Call, list[Value]], None]
"""It writes the loops that fill a call's outputs, given as values."""


class Writer:
    """Turns a program into lines of JavaScript, one call after another."""

    def __init__(
        self,
        program: Program,
        wanted: Sequence[Value],
        kinds: Kinds,
        expressions: Mapping[str, Expression],
        statements: Mapping[str, Statement],
    ) -> None:
        self.program = program
        self.plan = Plan(program, wanted, kinds)
        self.expressions, self.statements = expressions, statements
        self.names: list[str] = []  # what is made once: constants and arrays
        self.once: list[str] = []
        self.lines: list[str] = []
        self.arrays: dict[Value, str] = {}
        self._constants: dict[str, str] = {}
        self._into = self.lines
        for place in sorted(self.plan.needed - self.plan.embedded):
            self._write(place, program.calls[place])

    def _write(self, place: int, call: Call) -> None:
        """The lines of one call: none for what its reader writes."""
        self._into = self.lines if call.moves else self.once
        outputs = [Value(place, out) for out in range(len(call.shapes))]
        if call.name == SETTING or call.kind in self.expressions:
            if outputs[0] in self.plan.kept:
                self._fill(outputs[0], call)
        elif call.kind in self.statements:
            self.statements[call.kind](self, call, outputs)
        else:
            raise NotKnownError(
                f"{call.called} is not known to live figures yet.{told(call.place)}"
            )

    def _fill(self, value: Value, call: Call) -> None:
        each = loops(call.shape)
        text = self._inline(call, each.index)
        self.line(
            f"{each.open}{self.array(value)}[{flat(each.index, call.shape)}]={text}{each.close}"
        )

    def line(self, text: str) -> None:
        """Add a line to the program, or to what is computed once."""
        self._into.append(text)

    def wants(self, value: Value) -> bool:
        """Whether anybody reads this output."""
        return value in self.plan.kept

    def array(self, value: Value) -> str:
        """The name of the array that keeps a value; it is made on the first call."""
        if value not in self.arrays:
            dtype = self.program.dtype(value)
            if dtype not in ARRAYS:
                raise NotKnownError(f"{dtype} numbers are not known to live figures yet.")
            self.arrays[value] = f"${len(self.arrays) + 1}"
            size = max(prod(self.program.shape(value)), 1)
            self.names.append(f"{self.arrays[value]}=new {ARRAYS[dtype]}({size})")
        return self.arrays[value]

    def base(self, one: Any) -> str | None:
        """The array that holds all entries of an operand in their order, if there is one."""
        if isinstance(one, Value) and one in self.arrays:
            return self.arrays[one]
        tensor = self._tensor(one)
        return None if tensor is None or uniform(tensor) else self._named(tensor)

    def at(self, one: Any, index: Sequence[str], single: bool = False) -> str:
        """What stands at an index of an operand, or a literal; `single` rounds it to 32 bits."""
        if isinstance(one, (bool, int, float)):
            return number(one, single)
        shape = self.program.shape(one)
        tensor = self._tensor(one)
        if tensor is not None and uniform(tensor):
            return number(tensor.reshape(-1)[0].item())
        if array := self.base(one):
            return f"{array}[{flat(index, shape)}]"
        return self._inline(self.program.calls[one.call], index)

    def spread(self, one: Any, index: Sequence[str], single: bool = False) -> str:
        """What stands at an index of a shape to which an operand is broadcast."""
        if isinstance(one, (bool, int, float)):
            return number(one, single)
        shape = self.program.shape(one)
        tail = index[len(index) - len(shape) :]
        own = ["0" if size == 1 else place for size, place in zip(shape, tail, strict=True)]
        return self.at(one, own)

    def _tensor(self, one: Any) -> Tensor | None:
        """The numbers of what is not computed in the page."""
        if isinstance(one, Constant):
            return self.program.constants[one.index]
        if isinstance(one, Value) and one.call in self.plan.embedded:
            return self.program.calls[one.call].values[one.out]
        return None

    def _named(self, tensor: Tensor) -> str:
        text = constant(tensor.contiguous())
        if text not in self._constants:
            self._constants[text] = f"_{len(self._constants) + 1}"
            self.names.append(f"{self._constants[text]}={text}")
        return self._constants[text]

    def _inline(self, call: Call, index: Sequence[str]) -> str:
        if call.name == SETTING:
            text = f"s_{call.args[0]}[{flat(index, call.shape)}]"
            return f"f32({text})" if call.dtype == torch.float32 else text
        return self.expressions[call.kind](self, call, index)
