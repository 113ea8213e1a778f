"""What of a program is written, and what of that is kept in an array.

An expression (a pointwise call, a view) is written into the loop of its reader, unless an entry
would then be computed more than once; loops that gather or sum (statements) are always kept.
"""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from math import prod

from torch import Tensor

from ebmlib.plot.recording.program import SETTING, Call, Constant, Operand, Program, Value
from ebmlib.plot.recording.text import weight

LOOP = 80
"""Letters: what a loop weighs that would compute numbers anew."""


@dataclass(frozen=True)
class Kinds:
    """The calls by how they are written."""

    views: Collection[str]
    """Index arithmetic: they cost nothing."""
    pointwise: Collection[str]
    products: Collection[str]
    """Each entry of a factor is read many times."""
    scattered: Collection[str]
    """They read their operands out of order: these are kept."""
    known: Collection[str]
    """All that can be written."""


class Plan:
    """Which calls are needed, which of them come as numbers, which values are kept."""

    def __init__(self, program: Program, wanted: Sequence[Value], kinds: Kinds) -> None:
        self.program, self.kinds = program, kinds
        self.wanted = list(dict.fromkeys(wanted))
        self.needed: set[int] = set()
        self.embedded: set[int] = set()
        self.kept: set[Value] = set(wanted)
        self.read: Counter[Value] = Counter()  # how many entries are asked for
        self._written: Counter[Value] = Counter()  # in how many texts it stands
        self._weights: dict[int, int] = {}
        self._crossing: set[Value] = set()  # what stays the same, read by what moves
        self._find_needed()
        for number in sorted(self.needed - self.embedded, reverse=True):
            self._place(number, program.calls[number])

    def _find_needed(self) -> None:
        todo = [one.call for one in self.wanted]
        while todo:
            number = todo.pop()
            if number in self.needed:
                continue
            self.needed.add(number)
            call = self.program.calls[number]
            if not call.moves and self._lighter(number):
                self.embedded.add(number)
            else:
                todo += [one.call for one in call.operands() if isinstance(one, Value)]

    def _lighter(self, number: int) -> bool:
        """Do its numbers weigh less than what they are made of, or are they all there is?"""
        kind = self.program.calls[number].kind
        if kind not in self.kinds.known:
            return True
        if kind in self.kinds.views:
            return False
        own = sum(self._weight(one) for one in self.program.calls[number].values)
        roots = self._roots(number)
        return own <= LOOP + sum(self._weight(self.program.constants[one]) for one in roots)

    def _weight(self, tensor: Tensor) -> int:
        """Letters in the file; they are kept, since a call asks for those of all its roots."""
        if id(tensor) not in self._weights:
            self._weights[id(tensor)] = weight(tensor)
        return self._weights[id(tensor)]

    def _roots(self, number: int) -> set[int]:
        """The constants that a call is made of."""
        roots: set[int] = set()
        seen: set[int] = set()
        todo = [number]
        while todo:
            one = todo.pop()
            if one in seen:
                continue
            seen.add(one)
            for part in self.program.calls[one].operands():
                if isinstance(part, Constant):
                    roots.add(part.index)
                else:
                    todo.append(part.call)
        return roots

    def _place(self, number: int, call: Call) -> None:
        """Is it kept, and how often are its operands read? Its readers have been asked before."""
        if call.name == SETTING:
            return
        value = Value(number)
        expression = call.kind in self.kinds.views or call.kind in self.kinds.pointwise
        if not expression:
            self.kept |= {one for one in self._outputs(number) if self.read[one]}
        elif call.kind in self.kinds.pointwise and self._worth_keeping(value):
            self.kept.add(value)
        inline = expression and value not in self.kept
        for one in call.operands():
            if isinstance(one, Value):
                self.read[one] += self._asked(call, one, self.read[value] if inline else 0)
                self._written[one] += self._written[value] if inline else 1
                self._cross(one, call, value, inline)

    def _worth_keeping(self, value: Value) -> bool:
        often = self.read[value] > prod(self.program.shape(value))
        return often or self._written[value] > 1 or value in self._crossing

    def _outputs(self, number: int) -> list[Value]:
        return [Value(number, out) for out in range(len(self.program.calls[number].shapes))]

    def _asked(self, call: Call, one: Value, inline: int) -> int:
        """How many entries of an operand one evaluation of the call reads."""
        if inline:
            return inline
        own, made = prod(self.program.shape(one)), prod(call.shape)
        if call.kind in self.kinds.products:
            return made * own  # more than once, however large they are
        expression = call.kind in self.kinds.views or call.kind in self.kinds.pointwise
        return made if expression else own

    def _cross(self, one: Value, call: Call, value: Value, inline: bool) -> None:
        """What stays the same is computed once: keep it where what moves begins to read it."""
        if not self.program.moves(one) and (call.moves or (inline and value in self._crossing)):
            self._crossing.add(one)
        out_of_order = call.kind in self.kinds.scattered or _reshapes(call, self.program)
        if out_of_order and self._is_computed(one):
            self.kept.add(one)

    def _is_computed(self, one: Operand) -> bool:
        return isinstance(one, Value) and self.program.calls[one.call].name != SETTING


def _reshapes(call: Call, program: Program) -> bool:
    """Whether a view changes which entries are neighbours: not by dimensions of one entry."""
    if call.kind not in ("view", "_unsafe_view"):
        return False
    before = program.shape(next(call.operands()))
    return [n for n in call.shape if n != 1] != [n for n in before if n != 1]
