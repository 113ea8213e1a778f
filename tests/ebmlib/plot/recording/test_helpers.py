"""The helpers of written programs, one by one, at their edges."""

import math

import pytest
import torch

from ebmlib.plot.recording.helpers import HELPERS, used
from tests.ebmlib.plot.recording.javascript import Javascript

EDGES = [
    ("even(x)", [0.5, 1.5, 2.5, -0.5, -1.5, 2.4], [0, 2, 2, 0, -2, 2]),
    ("sign(x)", [-3.0, 0.0, 2.0, math.nan], [-1, 0, 1, 0]),
    ("sigmoid(x)", [-800.0, 0.0, 800.0], [0, 0.5, 1]),
    ("erf(x)", [0.0, 0.5, -2.0, 7.0, math.nan], [0, math.erf(0.5), math.erf(-2), 1, math.nan]),
    ("lae(x,x)", [0.0, -math.inf, math.inf], [math.log(2), -math.inf, math.inf]),
    ("xlogy(x,0)", [0.0, 2.0], [0, -math.inf]),
    ("mod(x,3)", [-1.0, 4.0, -6.0], [2, 1, 0]),
    ("mod(x,-3)", [-1.0, 4.0], [-1, -2]),
    ("below(x,0.1)", [0.3, 0.7, -0.3, 1.0], [2, 6, -3, 9]),
    ("wrap(x,5)", [-1.0, 3.0], [4, 3]),
    ("rank(x,1)", [0.0, 1.0, 4.0, math.nan], [-1, 0, 3, 1]),
]


@pytest.mark.parametrize(("call", "given", "right"), EDGES, ids=[one[0] for one in EDGES])
def test_edge(call: str, given: list[float], right: list[float], javascript: Javascript) -> None:
    make = f"()=>{{{used(call)}return(v)=>[v.map(x=>{call})]}}"
    (found,) = javascript.run(make, [[torch.tensor(given, dtype=torch.float64)]])
    assert torch.allclose(found[0], torch.tensor(right).double(), equal_nan=True)


def test_only_what_is_named_is_written() -> None:
    assert used("sq(x)+1") == HELPERS["sq"]
    assert used("Math.sin(x)") == ""
