"""A recorded program, replayed by torch and run in the browser's language, is the function."""

import pytest
import torch
from torch import Tensor

from ebmlib.plot.recording.program import check_exact
from ebmlib.plot.recording.script import Script
from tests.ebmlib.plot.recording.figures import FIGURES
from tests.ebmlib.plot.recording.javascript import Javascript
from tests.ebmlib.plot.recording.traced import close, listed, traced, written


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


def test_integers_that_the_browser_cannot_hold_are_refused() -> None:
    check_exact("add", [torch.tensor([2**53 - 1]), torch.tensor(2**31 - 1, dtype=torch.int32)])
    with pytest.raises(ValueError, match="add: integers must stay below 2\\^53"):
        check_exact("add", [torch.tensor([-(2**53)])])
