"""Backward passes of convolutions, against torch."""

import pytest
import torch
import torch.nn.functional as nnf
from torch import Tensor

from ebmlib.plot.recording.text import NotKnownError
from tests.ebmlib.plot.recording.case import Case, case, check, each
from tests.ebmlib.plot.recording.javascript import Javascript
from tests.ebmlib.plot.recording.traced import written


def _slopes(x: Tensor, w: Tensor, b: Tensor, groups: int = 1, **how: int) -> tuple[Tensor, ...]:
    parts = [one.clone().requires_grad_() for one in (x, w, b)]
    function = nnf.conv1d if x.ndim == 3 else nnf.conv2d
    return torch.autograd.grad(function(*parts, groups=groups, **how).square().sum(), parts)


CASES = [
    case("plain", _slopes, (2, 3, 8), (4, 3, 3), (4,)),
    case("padded", lambda *all: _slopes(*all, padding=1), (2, 3, 8), (4, 3, 3), (4,)),
    case("strided", lambda *all: _slopes(*all, stride=2), (2, 3, 9), (4, 3, 2), (4,)),
    case("dilated", lambda *all: _slopes(*all, dilation=2, padding=2), (1, 2, 9), (3, 2, 3), (3,)),
    case(
        "in the plane",
        lambda *all: _slopes(*all, stride=2, padding=1),
        (1, 2, 6, 7),
        (3, 2, 3, 2),
        (3,),
    ),
]


@pytest.mark.parametrize(("one", "dtype"), each(CASES))
def test_call(one: Case, dtype: torch.dtype, javascript: Javascript) -> None:
    check(one, dtype, javascript)


def test_groups_are_refused() -> None:
    x, w, b = torch.randn(1, 4, 6), torch.randn(2, 2, 3), torch.randn(2)
    with pytest.raises(NotKnownError, match="in groups"):
        written(lambda x: _slopes(x, w, b, groups=2), x)
