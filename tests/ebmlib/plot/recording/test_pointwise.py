"""Pointwise calls, of floats and of whole numbers, in the browser's language against torch."""

import pytest
import torch

from ebmlib.plot.recording.pointwise import TEMPLATES
from tests.ebmlib.plot.recording.case import INT32, INT64, Case, case, check, each
from tests.ebmlib.plot.recording.javascript import Javascript


def _positive(name: str) -> Case:
    return case(name, getattr(torch, name), low=0.1, high=3.0)


def _mapped(name: str) -> Case:
    return case(name, getattr(torch, name))


def _compared(name: str) -> Case:
    return case(name, lambda x, y: getattr(torch, name)(x.round(), y.round()), (3, 4), (4,))


def _bits(name: str) -> Case:
    function = getattr(torch, name)
    return case(name, function, (3, 4), (4,), dtypes=(INT32,), low=-(2**31), high=2**31 - 1)


ONE_ARGUMENT = [
    "abs",
    "ceil",
    "cos",
    "cosh",
    "exp",
    "exp2",
    "expm1",
    "erf",
    "floor",
    "neg",
    "relu",
    "round",
    "sigmoid",
    "sign",
    "sgn",
    "sin",
    "sinh",
    "tanh",
    "trunc",
    "atan",
    "asinh",
]
POSITIVE = ["log", "log10", "log1p", "log2", "reciprocal", "rsqrt", "sqrt"]
COMPARED = ["eq", "ne", "lt", "le", "gt", "ge", "maximum", "minimum"]

FLOATING = [
    *map(_mapped, ONE_ARGUMENT),
    *map(_positive, POSITIVE),
    *map(_compared, COMPARED),
    case("acos", torch.acos, low=-0.9, high=0.9),
    case("asin", torch.asin, low=-0.9, high=0.9),
    case("atanh", torch.atanh, low=-0.9, high=0.9),
    case("acosh", torch.acosh, low=1.1, high=3.0),
    case("tan", torch.tan, low=-1.4, high=1.4),
    case("add", lambda x, y: torch.add(x, y, alpha=0.3), (3, 4), (4,)),
    case("add a number", lambda x: x + 0.1),
    case("sub", lambda x, y: torch.sub(x, y, alpha=2), (3, 1), (1, 4)),
    case("rsub", lambda x: torch.rsub(x, 0.7, alpha=1.5)),
    case("mul", torch.mul, (2, 1, 3), (4, 1)),
    case("div", torch.div, (3, 4), (4,)),
    case("div floor", lambda x, y: torch.div(x, y, rounding_mode="floor"), (30,), (30,)),
    case("div trunc", lambda x, y: torch.div(x, y, rounding_mode="trunc"), (30,), (30,)),
    case("floor_divide", torch.floor_divide, (30,), (30,)),
    case("remainder", torch.remainder, (30,), (30,)),
    case("remainder of a number", lambda x: torch.remainder(x, 0.3), (30,)),
    case("fmod", torch.fmod, (30,), (30,)),
    case("atan2", torch.atan2, (3, 4), (4,)),
    case("logaddexp", torch.logaddexp, (3, 4), (4,)),
    case("xlogy", lambda x, y: torch.xlogy(x.relu(), y), (30,), (30,), low=-1.0),
    case("pow", lambda x, y: torch.pow(x.abs(), y), (3, 4), (4,)),
    case("powers", lambda x: [x.abs() ** p for p in (0, 0.5, 1, 2, 3, -1, 1.7)]),
    case("power of a number", lambda x: 2.5**x),
    case("clamp", lambda x: [x.clamp(-0.5, 0.7), x.clamp(min=0.1), x.clamp(max=0.1)]),
    case("clamp between tensors", lambda x, y: x.clamp(y - 0.3, y + 0.1), (3, 4), (4,)),
    case("clamp_min", lambda x: [x.clamp_min(0.3), x.clamp_max(-0.3)]),
    case("where", lambda x, y: torch.where(x > y, x, 0.5 * y), (3, 4), (4,)),
    case("masked_fill", lambda x: x.masked_fill(x > 0, 3.0)),
    case("isnan", lambda x: [x.log().isnan(), (1 / x.relu()).isinf(), x.log()]),
    case(
        "logical",
        lambda x, y: [
            x.floor().logical_and(y.floor()),
            x.floor().logical_or(y.floor()),
            x.floor().logical_xor(y),
            x.floor().logical_not(),
        ],
        (30,),
        (30,),
    ),
    case(
        "masks",
        lambda x, y: [
            (x > 0) & (y > 0),
            (x > 0) | (y > 0),
            (x > 0) ^ (y > 0),
            ~(x > 0),
            (x > 0) * (y > 0),
        ],
        (30,),
        (30,),
    ),
    case(
        "casts",
        lambda x: [
            x.to(INT64),
            x.to(INT32),
            x.bool(),
            x.float(),
            x.double(),
            x.to(INT64).double(),
            (x > 0).to(x.dtype),
        ],
    ),
    case("casts of masks", lambda x: [(x > 0).float(), (x > 0).long(), (x > 0).int() * 3]),
    case("in place", lambda x: x.clone().add_(1).mul_(x).sigmoid_().zero_() + x),
    case("copy", lambda x, y: torch.zeros_like(x).copy_(y), (3, 4), (4,)),
    case("fill", lambda x, y: [x.clone().fill_(0.5) + y, x.clone().fill_(y)], (3, 4), ()),
    case("no dimension", lambda x, y: x * y + x, (), ()),
]

INTEGERS = [
    *map(_bits, ["bitwise_and", "bitwise_or", "bitwise_xor"]),
    case("bitwise_not", torch.bitwise_not, dtypes=(INT32,), low=-(2**31), high=2**31 - 1),
    case(
        "shifts",
        lambda x: [
            x << 7,
            x >> 9,
            (x >> 16) & 0xFFFF,
            x.bitwise_left_shift(3),
            x.bitwise_right_shift(5),
        ],
        (40,),
        dtypes=(INT32,),
        low=-(2**31),
        high=2**31 - 1,
    ),
    case(
        "operators",
        lambda x, y: [x.__and__(y), x.__or__(y), x.__xor__(y)],
        (9,),
        (9,),
        dtypes=(INT32,),
        low=-99,
        high=99,
    ),
    case(
        "int32 wraps",
        lambda x, y: [x + y, x - y, x * y, -x, x * 2073254261, torch.add(x, y, alpha=77777)],
        (40,),
        (40,),
        dtypes=(INT32,),
        low=-(2**31),
        high=2**31 - 1,
    ),
    case(
        "int64",
        lambda x, y: [
            x + y,
            x - 3 * y,
            x * y,
            -x,
            x.abs(),
            x.sum(),
            x // (y.abs() + 1),
            x % (y.abs() + 1),
            x**2,
        ],
        (40,),
        (40,),
        dtypes=(INT64,),
        low=-90000,
        high=90000,
    ),
    case(
        "whole division",
        lambda x, y: [x / (y.abs() + 1), (x > y).sum(), x.max(), x.amin()],
        (40,),
        (40,),
        dtypes=(INT64, INT32),
        low=-900,
        high=900,
    ),
]

CASES = [*FLOATING, *INTEGERS]


@pytest.mark.parametrize(("one", "dtype"), each(CASES))
def test_call(one: Case, dtype: torch.dtype, javascript: Javascript) -> None:
    check(one, dtype, javascript)


@pytest.mark.parametrize("kind", ["sub", "exp", "where", "neg"])
def test_a_planted_wrong_sign_fails(
    kind: str, javascript: Javascript, monkeypatch: pytest.MonkeyPatch
) -> None:
    wrong = {"sub": "({0}+{1})", "exp": "M.exp(-{0})", "where": "({0}?{2}:{1})", "neg": "({0})"}
    monkeypatch.setitem(TEMPLATES, kind, wrong[kind])
    one = next(case for case in CASES if case.name == kind)
    with pytest.raises(AssertionError, match="not close"):
        check(one, torch.float64, javascript)


def test_each_argument_is_written_once() -> None:
    for template in TEMPLATES.values():
        assert all(template.count(f"{{{k}}}") <= 1 for k in range(3)), template
