"""What the tracer writes down, what it replays, and what it refuses."""

import math
from collections.abc import Callable

import pytest
import torch
from torch import Tensor

from ebmlib.plot.recording.script import Script
from ebmlib.plot.recording.text import NotKnownError
from ebmlib.plot.recording.tracer import Tracer
from tests.ebmlib.plot.recording.figures import FIGURES, noise
from tests.ebmlib.plot.recording.javascript import Javascript
from tests.ebmlib.plot.recording.traced import close, listed, traced, written

X = torch.linspace(-1, 1, 21, dtype=torch.float64)
B = torch.tensor(1.5, dtype=torch.float64)


def _settings(name: str, dtype: torch.dtype, count: int) -> list[list[Tensor]]:
    generator = torch.Generator().manual_seed(11)
    shapes = FIGURES[name][1]
    return [
        [
            0.2 + torch.rand(shape, generator=generator, dtype=torch.float64).to(dtype)
            for shape in shapes
        ]
        for _ in range(count)
    ]


@pytest.mark.parametrize("dtype", [torch.float64, torch.float32], ids=str)
@pytest.mark.parametrize("name", FIGURES)
@pytest.mark.usefixtures("unchecked")  # beta is a tensor here, and a number in the annotations
def test_replay_and_script_are_the_function(
    name: str, dtype: torch.dtype, javascript: Javascript
) -> None:
    torch.set_default_dtype(dtype)
    function = FIGURES[name][0]
    start, *others = _settings(name, dtype, 9)
    program, wanted, _ = traced(function, *start)
    found = javascript.run(Script(program, wanted).text(), others)
    for values, mine in zip(others, found, strict=True):
        right = listed(function(*values))
        again = program.replay({f"x{k}": v for k, v in enumerate(values)}, wanted)
        for one, other in zip(again, right, strict=True):
            torch.testing.assert_close(
                one,
                other,
                rtol=1e-12 if dtype == torch.float64 else 1e-5,
                atol=1e-5 if dtype == torch.float32 else 1e-12,
            )
        close(mine, right)


def test_three_hundred_steps_are_torchs(javascript: Javascript) -> None:
    step = FIGURES["training step"][0]
    w, rate = torch.tensor([1.45, 0.35]), torch.tensor(0.1)
    make = written(step, w, rate)
    loop = "for(let i=0;i<300;i++)w=Array.from(f(w,r)[0]);return[w]"
    many = f"()=>{{const f=({make})();return(w,r)=>{{{loop}}}}}"
    (found,) = javascript.run(many, [[w, rate]])
    for _ in range(300):
        w = step(w, rate)
    torch.testing.assert_close(found[0], w, rtol=1e-12, atol=0)


def test_noise_by_counting_is_the_same_in_the_browser(javascript: Javascript) -> None:
    make = written(noise, torch.tensor(5))
    for seed in (0, 5, 123456):
        (found,) = javascript.run(make, [[torch.tensor(seed)]])
        close(found, [noise(torch.tensor(seed))])
    many = noise(torch.tensor(1), 20000)
    assert abs(float(many.mean())) < 0.03
    assert abs(float(many.std()) - 1) < 0.03
    assert abs(float((many[1:] * many[:-1]).mean())) < 0.03


def test_what_does_not_move_is_computed_once() -> None:
    def function(b: Tensor) -> Tensor:
        grid = torch.linspace(-1, 1, 400)
        return torch.exp(grid.sin() * grid) * b

    once, each = written(function, B).split("return(s_x0)=>")
    assert "Math.sin" in once
    assert "Math.sin" not in each
    assert "Math.exp" not in each
    assert "ruler(" in once  # four hundred places travel as their rule


def test_a_chain_is_one_loop_and_a_view_none() -> None:
    text = written(lambda x: ((x * 2 + 1).sin()[None].mT[::2] - 3).sum(), X)
    assert text.count("for(") == 1
    assert text.count("new Float64Array") == 1


def test_what_is_broadcast_is_computed_once_an_entry() -> None:
    text = written(lambda x: (x.exp()[:, None] * x[None]).sum(), X)
    first, second = text.split("Math.exp")
    assert first.count("for(") == 1
    assert second.count("for(") == 2


def test_the_same_call_is_written_once() -> None:
    text = written(lambda x: x.exp() + x.exp().flip(0) * x.exp().sum(), X)
    assert text.count("Math.exp") == 1


def test_what_nobody_draws_is_not_written() -> None:
    def function(x: Tensor) -> Tensor:
        torch.special.digamma(x)  # not known, and not drawn
        return x + 1

    assert "digamma" not in written(function, X)


NAMES = [
    "b1",
    "i0",
    "j0",
    "a",
    "k",
    "x",
    "sq",
    "erf",
    "mod",
    "s_a",
    "_1",
    "Math",
    "var",
    "return",
    "M",
    "β",
]


@pytest.mark.parametrize("name", NAMES)
def test_settings_may_have_any_name(name: str, javascript: Javascript) -> None:
    x = torch.tensor([0.3, 0.6, 2.0])
    tracer = Tracer({name: x, "other": B})

    def function(x: Tensor, b: Tensor) -> Tensor:
        table = torch.arange(70) * 0.37
        return torch.erf(x) ** 2 + x.sort().values.max() % b + (table * b).sum()

    with tracer:
        out = function(x, B)
    value = tracer.value(out)
    assert value is not None
    found = javascript.run(Script(tracer.program, [value]).text(), [[x, B]])
    close(found[0], [out])


def test_a_branch_and_a_number_that_leave_torch_are_told() -> None:
    def function(b: Tensor) -> Tensor:
        y = X * b if b > 1 else X * b * b
        return y + math.exp(float(b))

    program, wanted, _ = traced(function, B)
    assert [one.split(" In ")[0] for one in program.left] == [
        "an `if` (or another bool)",
        "the number 1.5",
    ]
    assert "if b > 1" in program.left[0]
    assert "float(b)" in program.left[1]
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
