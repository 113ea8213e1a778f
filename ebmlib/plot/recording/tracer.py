"""Record what torch does between a figure's settings and its numbers.

Under the mode every operation runs as usual. Those with tensors are written down, the backward
pass's too, and each knows whether it follows a setting; whatever comes from outside is a constant.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

import torch
from torch import Tensor
from torch.utils._python_dispatch import TorchDispatchMode
from torch.utils._pytree import tree_leaves, tree_map

from ebmlib.plot.recording.places import place, told
from ebmlib.plot.recording.program import (
    SETTING,
    Call,
    Constant,
    Operand,
    Program,
    Value,
    check_exact,
)
from ebmlib.plot.recording.simpler import simpler
from ebmlib.plot.recording.text import NotKnownError

# What only takes the shape of its argument: its result is a constant like any other.
SHAPED = {"zeros_like", "ones_like", "full_like", "empty_like", "new_zeros", "new_ones",
          "new_full", "new_empty", "new_empty_strided"}  # fmt: skip


class Tracer(TorchDispatchMode):  # type: ignore[no-untyped-call]  # torch says no types here
    """A context that records; ask for the `value` of tensors afterwards.

    Args:
        settings: the tensors that the program starts from, by name.
    """

    def __init__(self, settings: Mapping[str, Tensor]) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self.program = Program()
        self._operands: dict[int, Operand] = {}
        self._alive: dict[int, Tensor] = {}
        self._storages: dict[int, list[Tensor]] = {}
        self._same: dict[Any, Constant] = {}
        self._written: dict[str, int] = {}
        self._outermost = ""  # what is being taken apart
        for name, tensor in settings.items():
            call = Call(SETTING, None, (name,), {}, [tuple(tensor.shape)], [tensor.dtype], True)
            self.program.settings[name] = self._add(call, [tensor])[0]

    def value(self, tensor: Tensor) -> Value | None:
        """What the tensor is in the program; None where it does not follow a setting."""
        found = self._operands.get(id(tensor))
        return found if isinstance(found, Value) and self.program.moves(found) else None

    def __torch_dispatch__(
        self, func: Any, types: Iterable[type], args: Any = (), kwargs: Any = None
    ) -> Any:
        """Run one operation, and write it down."""
        kwargs = kwargs or {}
        if torch.Tag.nondeterministic_seeded in func.tags:
            _check_seeded(func, args, kwargs)
        if not any(isinstance(one, Tensor) for one in tree_leaves((args, kwargs))):
            return func(*args, **kwargs)
        simple = simpler(func, args, kwargs)
        if simple is None:
            return self._recorded(func, args, kwargs)
        try:
            with self:
                return self._taken_apart(func, simple, args, kwargs)
        except NotKnownError:
            if any(
                isinstance(one, Tensor) and self.value(one) for one in tree_leaves((args, kwargs))
            ):
                raise
            return self._recorded(func, args, kwargs)  # its numbers travel

    def _taken_apart(self, func: Any, simple: Callable[..., Any], args: Any, kwargs: Any) -> Any:
        """The result of simpler calls; a call that changes its argument still does so."""
        before = self._outermost
        self._outermost = before or str(func)
        try:
            out = simple(*args, **kwargs)
        finally:
            self._outermost = before
        if not func._schema.is_mutable or out is args[0]:
            return out
        return torch.ops.aten.copy_.default(args[0], out)

    def _recorded(self, func: Any, args: Any, kwargs: Any) -> Any:
        if str(func).split(".")[1] in SHAPED:
            return func(*args, **kwargs)
        named_args, named_kwargs = tree_map(self._operand, (args, kwargs))
        out = func(*args, **kwargs)
        outs = list(out) if isinstance(out, (tuple, list)) else [out]
        call = Call(str(func), func, named_args, named_kwargs, [], [], False)
        call.moves = any(self.program.moves(one) for one in call.operands())
        outs = [one for one in outs if one is not None]
        if not all(isinstance(one, Tensor) for one in outs):
            if call.moves:
                self.program.left.append((call, out, _left(out)))
            return out
        check_exact(call.name, outs)
        if not func._schema.is_mutable or self._changed_in_place(call, args[0]):
            self._add(call, outs)
        return out

    def _add(self, call: Call, outs: list[Tensor]) -> list[Value]:
        """Write a call down, unless the same one stands there already."""
        number = len(self.program.calls)
        mutable = call.op is not None and call.op._schema.is_mutable
        if call.op is not None and not mutable:
            key = repr((call.name, call.args, sorted(call.kwargs.items())))
            number = self._written.setdefault(key, number)
        if number == len(self.program.calls):
            call.shapes = [tuple(one.shape) for one in outs]
            call.dtypes = [one.dtype for one in outs]
            call.values = [] if call.moves else [one.detach().clone() for one in outs]
            call.called, call.place = self._outermost or call.name, place()
            self.program.calls.append(call)
        values = [Value(number, out) for out in range(len(outs))]
        for value, one in zip(values, outs, strict=True):
            for other in self._aliases(one) if mutable else []:
                self._operands[id(other)] = value
            self._remember(one, value)
        return values

    def _remember(self, tensor: Tensor, operand: Operand) -> None:
        if id(tensor) not in self._alive:
            self._alive[id(tensor)] = tensor  # so that no other tensor gets its id
            self._storages.setdefault(tensor.untyped_storage().data_ptr(), []).append(tensor)
        self._operands[id(tensor)] = operand

    def _operand(self, one: Any) -> Any:
        """A tensor's name in the program; what is no tensor stays itself."""
        if not isinstance(one, Tensor):
            return one
        if id(one) not in self._operands:
            held = one.detach().clone().contiguous()
            key = (held.dtype, tuple(held.shape), held.reshape(-1).numpy().tobytes())
            if key not in self._same:
                self.program.constants.append(held)
                self._same[key] = Constant(len(self.program.constants) - 1)
            self._remember(one, self._same[key])
        return self._operands[id(one)]

    def _aliases(self, tensor: Tensor) -> list[Tensor]:
        return self._storages.get(tensor.untyped_storage().data_ptr(), [])

    def _changed_in_place(self, call: Call, tensor: Tensor) -> bool:
        """Whether the change must be recorded; where nothing moves, what changed is named anew.

        Raises:
            ValueError: where a part of a moving tensor is changed, or a part is known of one that
                is changed.
        """
        aliases = self._aliases(tensor)
        if not call.moves and not any(self.value(one) for one in aliases):
            for one in aliases:
                self._operands.pop(id(one), None)
            return False
        if any(_geometry(one) != _geometry(tensor) for one in aliases):
            raise ValueError(
                f"{call.name} changes a tensor in place of which a part has a name of its own: "
                f"make a new one instead, with torch.where, torch.cat or index_put.{told(place())}"
            )
        return True


def _geometry(tensor: Tensor) -> tuple[Any, ...]:
    # A dimension of one entry has any stride.
    strides = tuple(s for s, n in zip(tensor.stride(), tensor.shape, strict=True) if n > 1)
    return tuple(tensor.shape), strides, tensor.storage_offset()


def _check_seeded(func: Any, args: Any, kwargs: Any) -> None:
    """Raise ValueError for random numbers that no generator of the drawing's own gives.

    Raises:
        ValueError: they would be other ones at each drawing, and the page's always the same.
    """
    given = [one for one in tree_leaves((args, kwargs)) if isinstance(one, torch.Generator)]
    if not given:
        raise ValueError(
            f"{func} draws new random numbers: make them before the figure, or with a generator "
            f"that is seeded inside the drawing.{told(place())}"
        )


def _left(out: Any) -> str:
    what = "an `if` (or another bool)" if isinstance(out, bool) else f"the number {out!r:.12}"
    return f"{what}{told(place())}"
