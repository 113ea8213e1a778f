"""Inverses, determinants and solutions of small systems, and their slopes, against torch."""

from collections.abc import Callable

import pytest
import torch
from torch import Tensor

from tests.ebmlib.plot.recording.case import Case, case, check, each
from tests.ebmlib.plot.recording.javascript import Javascript


def _slope(function: Callable[[Tensor], Tensor]) -> Callable[[Tensor], Tensor]:
    def slope(x: Tensor) -> Tensor:
        point = (x + 4 * torch.eye(x.shape[-1], dtype=x.dtype)).requires_grad_()
        return torch.autograd.grad(function(point).square().sum(), point)[0]

    return slope


CASES = [
    case("slope of inverse", _slope(torch.linalg.inv), (2, 3, 3)),
    case("slope of det", _slope(torch.linalg.det), (3, 3)),
    case("slope of det turned", _slope(lambda x: torch.linalg.det(x.mT)), (3, 3)),
    case("slope of solve", _slope(lambda x: torch.linalg.solve(x, x[:, :2] + 1)), (3, 3)),
    case("slope of solve turned", _slope(lambda x: torch.linalg.solve(x.mT, x[:, 0])), (3, 3)),
    case("inverse", lambda x: [torch.linalg.inv(x), x.inverse() @ x], (2, 2)),
    case(
        "inverses of 3 x 3",
        lambda x: [torch.linalg.inv(x), torch.linalg.det(x), x.det()],
        (4, 3, 3),
    ),
    case("determinant", lambda x: [x.det(), x[:2, :2].det(), x[:1, :1].det()], (3, 3)),
    case(
        "solve",
        lambda x, b: [
            torch.linalg.solve(x, b),
            torch.linalg.solve(x, b[:, 0]),
            torch.linalg.solve(x, b.mT, left=False),
        ],
        (3, 3),
        (3, 2),
    ),
]


@pytest.mark.parametrize(("one", "dtype"), each(CASES))
def test_call(one: Case, dtype: torch.dtype, javascript: Javascript) -> None:
    check(one, dtype, javascript)
