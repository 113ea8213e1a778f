"""Parts put together, looked up by index, and put in their places."""

import numpy as np

from ebmlib.plot.recording.program import Call, Operand, Value
from ebmlib.plot.recording.text import flat, loops, shifted
from ebmlib.plot.recording.writer import Statement, Writer


def cat(writer: Writer, call: Call, outputs: list[Value]) -> None:
    """Tensors one after another along a dimension."""
    array, start = writer.array(outputs[0]), 0
    for part in call.args[0]:
        own = writer.program.shape(part)
        if own == (0,):  # torch lets an empty vector stand among tensors of any shape
            continue
        dim = call.argument(1, "dim", 0) % len(call.shape)
        each = loops(own)
        there = list(each.index)
        there[dim] = shifted(there[dim], start)
        text = writer.at(part, each.index)
        writer.line(f"{each.open}{array}[{flat(there, call.shape)}]={text}{each.close}")
        start += own[dim]


def gather(writer: Writer, call: Call, outputs: list[Value]) -> None:
    """gather, index_select and embedding: along one dimension, by whole numbers."""
    source, dim, where = (call.args[0], 0, call.args[1])
    if call.kind != "embedding":
        dim, where = call.args[1:3]
    shape = writer.program.shape(source)
    each = loops(call.shape)
    if not shape:
        there: list[str] = []
    elif call.kind == "gather":
        dim %= len(shape)
        chosen = writer.at(where, each.index)
        there = [*each.index[:dim], "k", *each.index[dim + 1 :]]
    else:
        dim %= len(shape)
        span = len(writer.program.shape(where))
        chosen = writer.at(where, each.index[dim : dim + span])
        there = [*each.index[:dim], "k", *each.index[dim + span :]]
    bound = f"const k={chosen};" if shape else ""
    value = writer.at(source, there)
    writer.line(
        f"{each.open}{bound}{writer.array(outputs[0])}[{flat(each.index, call.shape)}]={value}"
        f"{each.close}"
    )


def index(writer: Writer, call: Call, outputs: list[Value]) -> None:
    """x[i, j] with tensors of whole numbers, which broadcast; negative ones count from behind."""
    source = call.args[0]
    each = loops(call.shape)
    bound, there = _looked_up(writer, call, each.index)
    value = writer.at(source, there)
    writer.line(
        f"{each.open}{bound}{writer.array(outputs[0])}[{flat(each.index, call.shape)}]={value}"
        f"{each.close}"
    )


def _looked_up(writer: Writer, call: Call, place: list[str]) -> tuple[str, list[str]]:
    """The index of the source at a place of the result, and the constants that it is made of."""
    shape = writer.program.shape(call.args[0])
    given = [*call.args[1], *[None] * (len(shape) - len(call.args[1]))]
    chosen = [dim for dim, one in enumerate(given) if one is not None]
    span = len(np.broadcast_shapes(*(writer.program.shape(given[dim]) for dim in chosen)))
    together = chosen == list(range(chosen[0], chosen[-1] + 1))
    first = chosen[0] if together else 0
    middle = place[first : first + span]
    rest = iter([*place[:first], *place[first + span :]])
    bound = "".join(
        f"const k{dim}={_counted(writer, given[dim], middle, shape[dim])};" for dim in chosen
    )
    return bound, [f"k{dim}" if dim in chosen else next(rest) for dim in range(len(shape))]


def _counted(writer: Writer, where: Operand, place: list[str], size: int) -> str:
    """A number of an index; it counts from behind where it is negative."""
    text = writer.spread(where, place)
    known = writer.program.known(where)
    return text if known is not None and bool((known >= 0).all()) else f"wrap({text},{size})"


def index_put(writer: Writer, call: Call, outputs: list[Value]) -> None:
    """A copy with values put, or added, at places."""
    base, given, values = call.args[:3]
    adds = call.argument(3, "accumulate", False)
    array = _copied(writer, base, call, outputs[0])
    shape = writer.program.shape(base)
    places = [one for one in given if one is not None]
    span = np.broadcast_shapes(*(writer.program.shape(one) for one in places))
    chosen = [dim for dim, one in enumerate(given) if one is not None]
    rest = [size for dim, size in enumerate(shape) if dim not in chosen]
    first = chosen[0] if chosen == list(range(chosen[0], chosen[-1] + 1)) else 0
    each = loops([*rest[:first], *span, *rest[first:]])
    bound, there = _looked_up(writer, call, each.index)
    value = writer.spread(values, each.index)
    writer.line(
        f"{each.open}{bound}{array}[{flat(there, shape)}]{'+=' if adds else '='}{value}{each.close}"
    )


def _copied(writer: Writer, base: Operand, call: Call, output: Value) -> str:
    """Begin with a copy of the base; the name of the array."""
    array, each = writer.array(output), loops(call.shape)
    text = writer.spread(base, each.index)
    writer.line(f"{each.open}{array}[{flat(each.index, call.shape)}]={text}{each.close}")
    return array


def paste(writer: Writer, call: Call, outputs: list[Value]) -> None:
    """select_scatter and slice_scatter: a copy with one part replaced."""
    base, part, dim, *rest = call.args
    array = _copied(writer, base, call, outputs[0])
    dim %= len(call.shape)
    each = loops(writer.program.shape(part))
    if call.kind == "select_scatter":
        there = [*each.index[:dim], str(rest[0] % call.shape[dim]), *each.index[dim:]]
    else:
        start, step = call.argument(3, "start") or 0, call.argument(5, "step", 1)
        start = max(start + call.shape[dim], 0) if start < 0 else start
        place = shifted(each.index[dim], start, step)
        there = [*each.index[:dim], place, *each.index[dim + 1 :]]
    text = writer.at(part, each.index)
    writer.line(f"{each.open}{array}[{flat(there, call.shape)}]={text}{each.close}")


def scatter(writer: Writer, call: Call, outputs: list[Value]) -> None:
    """A copy with values put, or added, at the places that whole numbers say."""
    base, dim, where, value = call.args[:4]
    array = _copied(writer, base, call, outputs[0])
    each = loops(writer.program.shape(where))
    dim = dim % len(call.shape) if call.shape else 0
    there = [*each.index[:dim], "k", *each.index[dim + 1 :]] if call.shape else []
    sign = "+=" if call.kind == "scatter_add" else "="
    writer.line(
        f"{each.open}const k={writer.at(where, each.index)};"
        f"{array}[{flat(there, call.shape)}]{sign}{writer.at(value, each.index)}{each.close}"
    )


def pad(writer: Writer, call: Call, outputs: list[Value]) -> None:
    """A frame of one number round a tensor, or a tensor without its rim."""
    source, widths = call.args[:2]
    shape = writer.program.shape(source)
    before = [0] * len(shape)
    for k, width in enumerate(widths[::2]):
        before[len(shape) - 1 - k] = width
    array, each = writer.array(outputs[0]), loops(call.shape)
    there = [
        f"({one}-{b})" if b > 0 else shifted(one, -b)
        for one, b in zip(each.index, before, strict=True)
    ]
    inside = [
        f"{place}>=0&&{place}<{size}"
        for place, size, now in zip(there, shape, call.shape, strict=True)
        if size != now
    ]
    text, fill = writer.at(source, there), writer.at(call.argument(2, "value", 0), [])
    value = f"{'&&'.join(inside)}?{text}:{fill}" if inside else text
    writer.line(f"{each.open}{array}[{flat(each.index, call.shape)}]={value}{each.close}")


SCATTERED: dict[str, Statement] = {
    "cat": cat, "gather": gather, "index_select": gather, "embedding": gather, "index": index,
    "_unsafe_index": index, "index_put": index_put, "_unsafe_index_put": index_put,
    "_index_put_impl": index_put, "select_scatter": paste, "slice_scatter": paste,
    "scatter": scatter, "scatter_add": scatter, "constant_pad_nd": pad,
}  # fmt: skip
KEEPS_OPERANDS = set(SCATTERED) - {"cat"}
