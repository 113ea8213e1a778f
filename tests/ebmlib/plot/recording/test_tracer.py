"""What the tracer notes, and what it refuses."""

import math
from collections.abc import Callable

import pytest
import torch
from torch import Tensor

from ebmlib.plot.recording.text import NotKnownError
from ebmlib.plot.recording.tracer import Tracer
from tests.ebmlib.plot.recording.traced import traced, written

X = torch.linspace(-1, 1, 21, dtype=torch.float64)
B = torch.tensor(1.5, dtype=torch.float64)


def test_a_branch_and_a_number_that_leave_torch_are_told() -> None:
    def function(b: Tensor) -> Tensor:
        y = X * b if b > 1 else X * b * b
        return y + math.exp(float(b))

    program, wanted, _ = traced(function, B)
    assert [words.split(" In ")[0] for _, _, words in program.left] == [
        "an `if` (or another bool)",
        "the number 1.5",
    ]
    assert "if b > 1" in program.left[0][2]
    assert "float(b)" in program.left[1][2]
    assert program.left_otherwise({"x0": B}) == []
    assert len(program.left_otherwise({"x0": torch.tensor(0.5)})) == 2
    (frozen,) = program.replay({"x0": torch.tensor(0.5)}, wanted)
    assert not torch.allclose(frozen, function(torch.tensor(0.5)))


REFUSED: dict[str, tuple[Callable[[Tensor], Tensor], type[Exception], str]] = {
    "unknown call": (
        lambda x: torch.special.digamma(x),
        NotKnownError,
        "aten.digamma.default is not known to live figures yet",
    ),
    "new random numbers": (
        lambda x: x + torch.randn(21),
        ValueError,
        "draws new random numbers.*torch.randn",
    ),
    "random like a setting": (
        lambda x: torch.bernoulli(x.abs()),
        ValueError,
        "draws new random numbers",
    ),
    "bits of 64": (lambda x: (x * 9).long() ^ 3, NotKnownError, "Use torch.int32"),
    "beyond 2^53": (lambda x: (x + 2).long() * 2**53, ValueError, "below 2\\^53"),
    "large matrices": (
        lambda x: torch.linalg.inv(torch.outer(x, x)),
        NotKnownError,
        "more than 3 rows.*Got shape",
    ),
    "complex": (lambda x: torch.fft.fft(x).abs(), NotKnownError, "_fft_r2c.default is not known"),
    "half": (lambda x: x.half() + 1, NotKnownError, "torch.float16 is not known"),
    "a part changed": (lambda x: _part(x), ValueError, "in place of which a part"),
    "a moving mask": (lambda x: x[x > 0], NotKnownError, "aten.nonzero.default is not known"),
}


def _part(x: Tensor) -> Tensor:
    y = x + 1
    y[3] = 0.0
    return y


@pytest.mark.parametrize("name", REFUSED)
def test_refused(name: str) -> None:
    function, kind, words = REFUSED[name]
    with pytest.raises(kind, match=words):
        written(function, X)


def test_random_numbers_of_a_generator_and_parts_of_constants_are_fine() -> None:
    def function(b: Tensor) -> Tensor:
        still = torch.randn(4, generator=torch.Generator().manual_seed(1))
        still[1] = 7.0
        return still * b

    program, wanted, outs = traced(function, B)
    (again,) = program.replay({"x0": B}, wanted)
    torch.testing.assert_close(again, outs[0])
    assert float(outs[0][1]) == 10.5


def test_a_result_that_does_not_move_has_no_value() -> None:
    tracer = Tracer({"b": B})
    with tracer:
        out = X.exp()
    assert tracer.value(out) is None
