"""Products of matrices and convolutions, against torch."""

import pytest
import torch
import torch.nn.functional as nnf

from tests.ebmlib.plot.recording.case import Case, case, check, each
from tests.ebmlib.plot.recording.javascript import Javascript

CASES = [
    case("mm", torch.mm, (3, 4), (4, 5)),
    case("bmm", torch.bmm, (2, 3, 4), (2, 4, 5)),
    case(
        "addmm",
        lambda b, x, w: [torch.addmm(b, x, w), torch.addmm(b, x, w, beta=0.5, alpha=2)],
        (5,),
        (3, 4),
        (4, 5),
    ),
    case(
        "matmul",
        lambda x, w: [x @ w, x @ w[:, 0], x[0, 0] @ w, (x * 2) @ (w + 1)],
        (2, 3, 4),
        (4, 5),
    ),
    case("linear", nnf.linear, (3, 4), (5, 4), (5,)),
    case("einsum", lambda x, w: torch.einsum("bij,jk->bik", x, w), (2, 3, 4), (4, 5)),
    case("outer", lambda x, y: [torch.outer(x, y), x @ x, torch.dot(x, x.flip(0))], (3,), (4,)),
    case("conv1d", lambda x, w, b: nnf.conv1d(x, w, b, padding=1), (2, 3, 8), (4, 3, 3), (4,)),
    case(
        "conv2d",
        lambda x, w: [nnf.conv2d(x, w, stride=2), nnf.conv2d(x, w, padding=(1, 2), dilation=2)],
        (1, 2, 8, 9),
        (3, 2, 3, 2),
    ),
    case(
        "conv in groups",
        lambda x, w: nnf.conv1d(x, w, groups=2, padding="same"),
        (2, 4, 8),
        (6, 2, 3),
    ),
]


@pytest.mark.parametrize(("one", "dtype"), each(CASES))
def test_call(one: Case, dtype: torch.dtype, javascript: Javascript) -> None:
    check(one, dtype, javascript)
