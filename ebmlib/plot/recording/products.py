"""Products of matrices, and convolutions: plain loops over arrays."""

from collections.abc import Sequence
from typing import Any

from ebmlib.plot.recording.program import Call, Value
from ebmlib.plot.recording.text import NotKnownError, flat, loops, number
from ebmlib.plot.recording.writer import Statement, Writer


def product(writer: Writer, call: Call, outputs: list[Value]) -> None:
    """mm and bmm; addmm with its bias and its two factors."""
    left, right = call.args[-2:]
    each = loops(call.shape)
    a = writer.at(left, [*each.index[:-1], "k"])
    b = writer.at(right, [*each.index[:-2], "k", each.index[-1]])
    inner = writer.program.shape(left)[-1]
    start, end = "0", "a"
    if call.kind == "addmm":
        beta, alpha = call.kwargs.get("beta", 1), call.kwargs.get("alpha", 1)
        bias = writer.spread(call.args[0], each.index)
        start, end = (bias, "a") if alpha == beta == 1 else ("0", _scaled(bias, beta, alpha))
    writer.line(
        f"{each.open}let a={start};for(let k=0;k<{inner};k++)a+={a}*{b};"
        f"{writer.array(outputs[0])}[{flat(each.index, call.shape)}]={end}{each.close}"
    )


def _scaled(bias: str, beta: float, alpha: float) -> str:
    return f"{number(beta)}*{bias}+{number(alpha)}*a"


def convolution(writer: Writer, call: Call, outputs: list[Value]) -> None:
    """A convolution as torch means it: the kernel is not turned round."""
    x, w, bias, stride, padding, dilation, transposed, _, groups = call.args
    if transposed:
        raise NotKnownError("transposed convolutions are not known to live figures yet.")
    shape, xs, ws = call.shape, writer.program.shape(x), writer.program.shape(w)
    each, inner = loops(shape), loops(ws[1:], "k")
    places, inside = _places(each.index[2:], inner.index[1:], xs[2:], (stride, padding, dilation))
    channel = inner.index[0]
    if groups > 1:
        group = f"({each.index[1]}/{shape[1] // groups}|0)"
        channel = f"({ws[1]}*{group}+{channel})"
    read = writer.at(x, [each.index[0], channel, *places])
    weight = writer.at(w, [each.index[1], *inner.index])
    start = "0" if bias is None else writer.at(bias, [each.index[1]])
    guard = f"if({'&&'.join(inside)})" if inside else ""
    writer.line(
        f"{each.open}let a={start};{inner.open}{guard}a+={read}*{weight}{inner.close}"
        f"{writer.array(outputs[0])}[{flat(each.index, shape)}]=a{each.close}"
    )


def _places(
    out: Sequence[str], taps: Sequence[str], sizes: Sequence[int], how: Sequence[Any]
) -> tuple[list[str], list[str]]:
    """Where each tap reads the signal, and the conditions that it is inside."""
    places, inside = [], []
    for dim, (one, tap, size) in enumerate(zip(out, taps, sizes, strict=True)):
        stride, padding, dilation = (v[dim if len(v) > 1 else 0] for v in how)
        place = f"{stride}*{one}+{dilation}*{tap}"
        if padding:
            place += f"-{padding}"
            inside.append(f"{place}>=0&&{place}<{size}")
        places.append(f"({place})")
    return places, inside


PRODUCTS: dict[str, Statement] = {
    "mm": product, "bmm": product, "addmm": product, "convolution": convolution,
}  # fmt: skip
