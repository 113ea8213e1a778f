"""Places in arrays, numbers and constants, as text that the browser reads."""

import itertools
import math
import random

import pytest
import torch
from torch import Tensor

from ebmlib.plot.recording.helpers import used
from ebmlib.plot.recording.text import NotKnownError, constant, flat, number, regrouped
from tests.ebmlib.plot.recording.javascript import Javascript

SHAPES = [
    ((4, 6), (2, 2, 6)),
    ((24,), (2, 3, 4)),
    ((2, 3, 4), (6, 4)),
    ((1, 24), (4, 1, 6)),
    ((3, 4), (4, 3)),
    ((), (1, 1)),
    ((1, 1), ()),
    ((2, 1, 3), (1, 3, 2, 1)),
]


@pytest.mark.parametrize(("out", "shape"), SHAPES)
def test_regrouped_places_are_the_same_entry(
    out: tuple[int, ...], shape: tuple[int, ...], javascript: Javascript
) -> None:
    letters = [f"i{dim}" for dim in range(len(out))]
    there = flat(regrouped(letters, out, shape), shape)
    make = f"()=>(...i)=>{{const [{','.join(letters)}]=i.map(x=>x[0]);return[[{there}]]}}"
    everywhere = list(itertools.product(*map(range, out)))
    found = javascript.run(make, [[torch.tensor(float(k)) for k in one] for one in everywhere])
    assert [int(one[0]) for one in found] == list(range(math.prod(out)))


@pytest.mark.parametrize("value", [0.1, -0.1, 1e-9, 3.0, -2, 1e300])
def test_a_number_is_read_back(value: float) -> None:
    assert float(number(value).strip("()")) == value


def test_special_numbers_and_short_ones() -> None:
    assert [number(one) for one in (math.nan, math.inf, -math.inf, True, 0.5, -0.25)] == [
        "NaN", "Infinity", "(-Infinity)", "1", ".5", "(-.25)",
    ]  # fmt: skip
    assert float(number(0.1, single=True)) == float(torch.tensor(0.1, dtype=torch.float32))


def _made(text: str, javascript: Javascript) -> Tensor:
    ((found,),) = javascript.run(f"()=>{{{used(text)}return()=>[{text}]}}", [[]])
    return found


CONSTANTS = [
    torch.linspace(-2.8, 2.8, 57, dtype=torch.float64),
    torch.arange(300),
    torch.arange(48) * 0.1,
    torch.randn(100, generator=torch.Generator().manual_seed(0), dtype=torch.float64),
    torch.randn(100, generator=torch.Generator().manual_seed(0), dtype=torch.float32),
    torch.tensor([True, False, True]),
    torch.tensor([1.0, math.nan, -math.inf, -0.5]),
    torch.arange(-40, 40, dtype=torch.int32) * 7777777,
]


@pytest.mark.parametrize("tensor", CONSTANTS, ids=range(len(CONSTANTS)))
def test_a_constant_is_read_back(tensor: Tensor, javascript: Javascript) -> None:
    found = _made(constant(tensor), javascript)
    right = tensor.double().nan_to_num(9.0)
    if "ruler" in constant(tensor):
        torch.testing.assert_close(found, right, rtol=1e-15, atol=1e-15)
    else:
        assert torch.equal(found.nan_to_num(9.0), right)


def test_a_ruler_is_short() -> None:
    assert constant(torch.linspace(-2.8, 2.8, 57, dtype=torch.float64)) == "ruler((-2.8),2.8,57)"
    assert len(constant(torch.arange(3000))) < 30
    random.seed(0)
    assert "ruler" not in constant(torch.tensor([random.random() for _ in range(20)]).double())


def test_kinds_of_numbers_that_the_browser_lacks_are_refused() -> None:
    with pytest.raises(NotKnownError, match=r"torch\.complex64 numbers are not known"):
        constant(torch.zeros(3, dtype=torch.complex64))
