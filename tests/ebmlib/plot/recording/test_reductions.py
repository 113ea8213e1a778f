"""Sums, extremes, running sums and sorting, against torch."""

import pytest
import torch

from tests.ebmlib.plot.recording.case import Case, case, check, each
from tests.ebmlib.plot.recording.javascript import Javascript

CASES = [
    case("sum", lambda x: [x.sum(), x.sum(1), x.sum((0, 2), keepdim=True), x.sum(-1)], (2, 3, 4)),
    case("mean", lambda x: [x.mean(), x.mean(0), x.mean((1, 2))], (2, 3, 4)),
    case("prod", lambda x: [x.prod(), x.prod(1)]),
    case(
        "amax",
        lambda x: [x.amax(), x.amax(1), x.amin((0, 1)), x.amin(0, keepdim=True), x.max(), x.min()],
    ),
    case("any", lambda x: [(x > 1).any(), (x > 1).any(1), (x > -1).all(0), (x > -1).all()]),
    case("max along", lambda x: [*x.max(1), *x.min(0), *x.max(0, keepdim=True)], (3, 5)),
    case(
        "arg", lambda x: [x.argmax(1), x.argmin(0), x.argmax(), x.argmin(-1, keepdim=True)], (3, 5)
    ),
    case(
        "equal extremes",
        lambda x: [x.round().argmax(1), x.round().min(1).indices, x.log().max(1).values],
        (3, 9),
    ),
    case("cumsum", lambda x: [x.cumsum(0), x.cumsum(-1), x.cumprod(1)], (3, 4)),
    case(
        "sort",
        lambda x: [*x.sort(1), *x.sort(0, descending=True), x.round().argsort(stable=True, dim=1)],
        (3, 6),
    ),
    case(
        "topk",
        lambda x: [*x.topk(3), *x.topk(2, largest=False), x.median(1).values, x.kthvalue(2).values],
        (3, 6),
    ),
    case("var", lambda x: [x.var(), x.std(1), x.var(0, unbiased=False)], (4, 5)),
    case(
        "norms",
        lambda x: [
            x.norm(),
            x.norm(dim=1),
            torch.linalg.vector_norm(x, 1, 1),
            torch.linalg.vector_norm(x, torch.inf),
            torch.linalg.vector_norm(x, 3, 0),
        ],
    ),
    case(
        "no dimension",
        lambda x: [x.sum(), x.max(0).values, x.sort().values, x.cumsum(0), x.mean()],
        (),
    ),
]


@pytest.mark.parametrize(("one", "dtype"), each(CASES))
def test_call(one: Case, dtype: torch.dtype, javascript: Javascript) -> None:
    check(one, dtype, javascript)
