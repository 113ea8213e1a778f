"""Sums and extremes, running sums, and sorting: loops with an accumulator."""

from math import prod
from typing import Any

from ebmlib.plot.recording.program import Call, Value
from ebmlib.plot.recording.text import Loops, NotKnownError, flat, loops
from ebmlib.plot.recording.writer import Statement, Writer

# kind -> (start of the accumulator a, what an entry X does to it, the result); N entries.
FOLDS = {
    "sum": ("0", "a+=X", "a"),
    "mean": ("0", "a+=X", "a/N"),
    "prod": ("1", "a*=X", "a"),
    "amax": ("-Infinity", "a=Math.max(a,X)", "a"),
    "amin": ("Infinity", "a=Math.min(a,X)", "a"),
    "any": ("0", "if(X)a=1", "a"),
    "all": ("1", "if(!(X))a=0", "a"),
}
SCANS = {"cumsum": ("0", "a+=X"), "cumprod": ("1", "a*=X")}


def _dims(given: Any, ndim: int) -> list[int]:
    if given is None or given == []:
        return list(range(ndim))
    return sorted(dim % ndim for dim in ([given] if isinstance(given, int) else given))


def _fold(writer: Writer, call: Call, outputs: list[Value], kind: str, given: Any) -> None:
    shape = writer.program.shape(call.args[0])
    dims = _dims(given, len(shape)) if shape else []
    outer = loops([1 if dim in dims else size for dim, size in enumerate(shape)])
    inner = loops([size if dim in dims else 1 for dim, size in enumerate(shape)], "j")
    index = [(inner if dim in dims else outer).index[dim] for dim in range(len(shape))]
    start, step, end = FOLDS[kind]
    step = step.replace("X", writer.at(call.args[0], index))
    end = end.replace("N", str(prod(shape[dim] for dim in dims)))
    place = flat(outer.index, [1 if dim in dims else size for dim, size in enumerate(shape)])
    array = writer.array(outputs[0])
    writer.line(
        f"{outer.open}let a={start};{inner.open}{step}{inner.close}"
        f"{array}[{place}]={end}{outer.close}"
    )


def fold(writer: Writer, call: Call, outputs: list[Value]) -> None:
    """A sum, a mean, a product, an extreme over some dimensions, or over all."""
    given = call.argument(1, "dim") if call.name.split(".")[-1] != "default" else None
    if call.kind in ("amax", "amin", "mean", "sum"):
        given = call.argument(1, "dim")
    _fold(writer, call, outputs, call.kind, given)


def extreme(writer: Writer, call: Call, outputs: list[Value]) -> None:
    """The largest or smallest along a dimension and where it is: the first of equals, or a NaN."""
    largest = call.kind in ("max", "argmax")
    given = call.argument(1, "dim")
    if given is None:
        if call.kind in ("max", "min"):
            _fold(writer, call, outputs, "amax" if largest else "amin", None)
            return
        raise NotKnownError(f"{call.name} without a dimension is not known to live figures yet.")
    each, inner, index = _along(writer, call, given)
    sign, start = ("<=", "-Infinity") if largest else (">=", "Infinity")
    wanted = [None, outputs[0]] if call.kind.startswith("arg") else outputs
    done = "".join(
        f"{writer.array(value)}[{_place(writer, call, given, each)}]={letter};"
        for value, letter in zip(wanted, "ak", strict=True)
        if value is not None and writer.wants(value)
    )
    value = writer.at(call.args[0], index)
    writer.line(
        f"{each.open}let a={start},k=0;{inner}{{const x={value};"
        f"if(!(x{sign}a)&&a==a){{a=x;k=j}}}}{done}{each.close}"
    )


def _along(writer: Writer, call: Call, given: int) -> tuple[Loops, str, list[str]]:
    """Loops over all other dimensions, the head of the loop along this one, the index inside."""
    shape = writer.program.shape(call.args[0])
    if not shape:
        return loops(()), "for(let j=0;j<1;j++)", []
    dim = given % len(shape)
    each = loops([1 if d == dim else size for d, size in enumerate(shape)])
    index = [*each.index[:dim], "j", *each.index[dim + 1 :]]
    return each, f"for(let j=0;j<{shape[dim]};j++)", index


def _place(writer: Writer, call: Call, given: int, each: Loops) -> str:
    shape = writer.program.shape(call.args[0])
    dim = given % max(len(shape), 1)
    return flat(each.index, [1 if d == dim else size for d, size in enumerate(shape)])


def scan(writer: Writer, call: Call, outputs: list[Value]) -> None:
    """Running sums and products along a dimension."""
    each, inner, index = _along(writer, call, call.argument(1, "dim"))
    start, step = SCANS[call.kind]
    step = step.replace("X", writer.at(call.args[0], index))
    place = flat(index, call.shape)
    array = writer.array(outputs[0])
    writer.line(f"{each.open}let a={start};{inner}{{{step};{array}[{place}]=a}}{each.close}")


def sort(writer: Writer, call: Call, outputs: list[Value]) -> None:
    """Sorted values and where they were; equals stay in their order, NaN is the largest."""
    stable = call.name.split(".")[-1] == "stable"
    places = (2, 3) if stable else (1, 2)
    given = call.argument(places[0], "dim", -1)
    each, inner, index = _along(writer, call, given)
    size = call.shape[given] if call.shape else 1
    descending = call.argument(places[1], "descending", False)
    pair = "x[b],x[a]" if descending else "x[a],x[b]"
    place = flat(index, call.shape)
    done = "".join(
        f"{writer.array(value)}[{place}]={text};"
        for value, text in zip(outputs, ("x[k[j]]", "k[j]"), strict=True)
        if writer.wants(value)
    )
    value = writer.at(call.args[0], index)
    writer.line(
        f"{each.open}const x=[];{inner}x.push({value});"
        f"const k=Array.from({{length:{size}}},(_,i)=>i);k.sort((a,b)=>rank({pair}));"
        f"{inner}{{{done}}}{each.close}"
    )


REDUCTIONS: dict[str, Statement] = {
    **dict.fromkeys(FOLDS, fold),
    **dict.fromkeys(SCANS, scan),
    **dict.fromkeys(("max", "min", "argmax", "argmin"), extreme),
    "sort": sort,
}
