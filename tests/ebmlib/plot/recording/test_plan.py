"""What is written, what is computed once, and what is kept in an array."""

import torch
from torch import Tensor

from tests.ebmlib.plot.recording.traced import written

X = torch.linspace(-1, 1, 21, dtype=torch.float64)
B = torch.tensor(1.5, dtype=torch.float64)


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


def test_an_argument_that_is_overwritten_is_not_computed() -> None:
    text = written(lambda x: x.sin().copy_(x) + x.cos().fill_(0.5), X)
    assert "Math.sin" not in text
    assert "Math.cos" not in text
