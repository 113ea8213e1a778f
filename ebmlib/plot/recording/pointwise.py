"""Pointwise calls as expressions. Each argument is written once: its text may be long."""

from collections.abc import Sequence

import torch

from ebmlib.plot.recording.program import OVERWRITING, Call, is_operand
from ebmlib.plot.recording.text import ARRAYS, NotKnownError
from ebmlib.plot.recording.writer import Writer

# {0}, {1}, {2} are the arguments; M is the browser's Math.
TEMPLATES = {
    "abs": "M.abs({0})", "acos": "M.acos({0})", "acosh": "M.acosh({0})", "add": "({0}+{1})",
    "asin": "M.asin({0})", "asinh": "M.asinh({0})", "atan": "M.atan({0})",
    "atan2": "M.atan2({0},{1})", "atanh": "M.atanh({0})", "ceil": "M.ceil({0})",
    "clamp_max": "M.min({0},{1})", "clamp_min": "M.max({0},{1})", "cos": "M.cos({0})",
    "cosh": "M.cosh({0})", "div": "({0}/{1})", "eq": "({0}=={1}?1:0)", "erf": "erf({0})",
    "exp": "M.exp({0})", "exp2": "M.pow(2,{0})", "expm1": "M.expm1({0})",
    "floor": "M.floor({0})", "floor_divide": "below({0},{1})", "fmod": "({0}%{1})",
    "ge": "({0}>={1}?1:0)", "gt": "({0}>{1}?1:0)", "hypot": "M.hypot({0},{1})",
    "isinf": "isinf({0})",
    "isnan": "isnan({0})", "le": "({0}<={1}?1:0)", "log": "M.log({0})", "log10": "M.log10({0})",
    "log1p": "M.log1p({0})", "log2": "M.log2({0})", "logaddexp": "lae({0},{1})",
    "logical_and": "({0}&&{1}?1:0)", "logical_not": "({0}?0:1)", "logical_or": "({0}||{1}?1:0)",
    "logical_xor": "(!{0}!=!{1}?1:0)", "lt": "({0}<{1}?1:0)", "masked_fill": "({1}?{2}:{0})",
    "maximum": "M.max({0},{1})", "minimum": "M.min({0},{1})", "mul": "({0}*{1})",
    "ne": "({0}!={1}?1:0)", "neg": "(-{0})", "pow": "M.pow({0},{1})", "reciprocal": "(1/{0})",
    "relu": "M.max({0},0)", "remainder": "mod({0},{1})", "round": "even({0})",
    "rsqrt": "(1/M.sqrt({0}))", "rsub": "({1}-{0})", "sgn": "sign({0})",
    "sigmoid": "sigmoid({0})", "sign": "sign({0})", "sin": "M.sin({0})", "sinh": "M.sinh({0})",
    "sqrt": "M.sqrt({0})", "sub": "({0}-{1})", "tan": "M.tan({0})", "tanh": "M.tanh({0})",
    "trunc": "M.trunc({0})", "where": "({0}?{1}:{2})", "xlogy": "xlogy({0},{1})",
    "bitwise_and": "({0}&{1})", "bitwise_or": "({0}|{1})", "bitwise_xor": "({0}^{1})",
    "bitwise_not": "(~{0})", "bitwise_left_shift": "({0}<<{1})",
    "bitwise_right_shift": "({0}>>{1})",
}  # fmt: skip
SAME_AS = {"__lshift__": "bitwise_left_shift", "__rshift__": "bitwise_right_shift"}
CASTS = {"_to_copy", "convert_element_type", "copy", "fill"}
SCALED = {"add": 1, "sub": 1, "rsub": 0}  # which argument `alpha` multiplies
SHIFTS = ("bitwise_left_shift", "bitwise_right_shift")
POINTWISE = {*TEMPLATES, *SAME_AS, *CASTS, "clamp", "zero"}
# Their results are numbers that they were given, or small whole ones: nothing is rounded.
EXACT = {
    "abs", "bitwise_and", "bitwise_not", "bitwise_or", "bitwise_xor", "ceil", "clamp_max",
    "clamp_min", "eq", "floor", "ge", "gt", "le", "lt", "masked_fill", "maximum",
    "minimum", "ne", "neg", "relu", "round", "sgn", "sign", "trunc", "where",
}  # fmt: skip
ON_BOOLS = {"mul": "({0}&{1})", "add": "({0}|{1})", "bitwise_not": "({0}?0:1)"}
INTEGERS = (torch.int32, torch.int64)


def pointwise(writer: Writer, call: Call, index: Sequence[str]) -> str:
    """The expression of a pointwise call at an index of its output."""
    if call.dtype not in ARRAYS:
        raise NotKnownError(f"{call.name}: {call.dtype} is not known to live figures yet.")
    if call.kind in CASTS:
        return _cast(writer, call, index)
    if call.kind == "zero":
        return "0"
    if call.kind == "clamp":
        return _clamp(writer, call, index)
    kind = SAME_AS.get(call.kind, call.kind)
    parts = [writer.spread(one, index, _single(writer, call)) for one in call.args[:3]]
    if kind in SCALED and (alpha := call.argument(2, "alpha", 1)) != 1:
        parts[SCALED[kind]] = _times(alpha, parts[SCALED[kind]], call.dtype)
    text = _template(call, kind).replace("M.", "Math.").format(*parts)
    return _rounded(text, call.dtype, kind)


def _template(call: Call, kind: str) -> str:
    """The template of a call, in its form for the output's dtype."""
    text = TEMPLATES[kind]
    if kind == "div" and call.kwargs.get("rounding_mode"):
        text = {"floor": "below({0},{1})", "trunc": "M.trunc({0}/{1})"}[
            call.kwargs["rounding_mode"]
        ]
    elif kind == "round" and call.kwargs.get("decimals"):
        raise NotKnownError("round with decimals is not known to live figures yet.")
    elif kind == "pow":
        text = _power(call)
    elif call.dtype == torch.bool and kind in ON_BOOLS:
        text = ON_BOOLS[kind]
    elif call.dtype == torch.int32 and kind == "mul":
        text = "M.imul({0},{1})"
    elif call.dtype == torch.int64 and (kind.startswith("bitwise") or kind in SHIFTS):
        raise NotKnownError(
            f"{call.name}: bits of 64-bit integers are not exact in the browser. Use torch.int32."
        )
    return text


def _power(call: Call) -> str:
    power = call.args[1]
    if call.dtype == torch.int32:
        raise NotKnownError("pow of int32 is not known to live figures yet: multiply.")
    short = {1: "{0}", 2: "sq({0})", 0.5: "M.sqrt({0})", -1: "(1/{0})"}
    return TEMPLATES["pow"] if is_operand(power) else short.get(power, TEMPLATES["pow"])


def _rounded(text: str, dtype: torch.dtype, kind: str) -> str:
    """As torch rounds after each call: 32-bit floats, and 32-bit integers, which wrap."""
    if kind in EXACT and not (dtype in INTEGERS and kind in ("neg", "abs")):
        return text
    if dtype == torch.float32:
        return f"f32({text})"
    if dtype == torch.int32:
        return f"({text}|0)"
    return f"({text}+0)" if dtype == torch.int64 else text  # integers have no minus zero


def _single(writer: Writer, call: Call) -> bool:
    """Whether torch rounds a call's literals to 32 bits: all its floats are that short."""
    dtypes = {writer.program.dtype(one) for one in call.operands()}
    return torch.float32 in dtypes and torch.float64 not in dtypes


def _times(factor: float, text: str, dtype: torch.dtype) -> str:
    if dtype == torch.int32:
        return f"Math.imul({factor},{text})"
    return f"({factor!r}*{text})"


def _clamp(writer: Writer, call: Call, index: Sequence[str]) -> str:
    single = _single(writer, call)
    text = writer.spread(call.args[0], index)
    for place, name in ((1, "max"), (2, "min")):
        bound = call.argument(place, "min" if place == 1 else "max")
        if bound is not None:
            text = f"Math.{name}({text},{writer.spread(bound, index, single)})"
    return text


def _cast(writer: Writer, call: Call, index: Sequence[str]) -> str:
    """Another dtype, or what overwrites a tensor (`copy`, `fill`) in this one's dtype and shape."""
    source = call.args[1] if call.kind in OVERWRITING else call.args[0]
    text = writer.spread(source, index)
    before = writer.program.dtype(source) if is_operand(source) else call.dtype
    if before == call.dtype:
        return text
    if call.dtype == torch.bool:
        return f"({text}!=0?1:0)"
    if call.dtype == torch.float32 and before != torch.bool:
        return f"f32({text})"
    if call.dtype == torch.int32:
        return f"({text}|0)"
    return f"Math.trunc({text})" if call.dtype == torch.int64 and before.is_floating_point else text
