"""Views: index arithmetic that costs nothing."""

import pytest
import torch

from tests.ebmlib.plot.recording.case import INT64, Case, case, check, each
from tests.ebmlib.plot.recording.javascript import Javascript

CASES = [
    case("unsqueeze", lambda x: [x.unsqueeze(0) + 0, x.unsqueeze(-1) + 0, x[:, None]]),
    case(
        "squeeze", lambda x: [x.squeeze(), x.squeeze(0), x.squeeze(1), x.squeeze((0, 2))], (1, 4, 1)
    ),
    case("expand", lambda x: x.expand(2, 3, 4), (3, 1)),
    case("permute", lambda x: x.permute(2, 0, 1) * 2, (2, 3, 4)),
    case("transpose", lambda x: [x.transpose(0, 2), x.mT, x[0].t()], (2, 3, 4)),
    case("select", lambda x: [x[1], x[:, -1], x[-1, 2]]),
    case("slice", lambda x: [x[1:], x[:, ::2], x[-2:, 1:3], x[:, 1::3]], (3, 7)),
    case("flip", lambda x: x.flip(0, 1)),
    case(
        "diagonal",
        lambda x: [x.diagonal(), x.diagonal(1), x.diagonal(-1), x.unsqueeze(0).diagonal(0, 1, 2)],
        (4, 5),
    ),
    case("unfold", lambda x: [x.unfold(0, 3, 2), x.unfold(1, 2, 1)], (7, 4)),
    case("repeat", lambda x: [x.repeat(2, 3), x.tile(2, 1, 2), x.repeat_interleave(2, 0)], (2, 3)),
    case(
        "reshape",
        lambda x: [x.reshape(4, 6), x.reshape(-1), (x + 1).view(3, 8), x.mT.reshape(6, 4)],
        (2, 3, 4),
    ),
    case("reshape of a sum", lambda x: (x + x.mT).mT.reshape(-1)[::2], (3, 3)),
    case(
        "flatten",
        lambda x: [x.flatten(1), x.permute(1, 0, 2).flatten(), x.expand(2, 2, 3, 4).reshape(4, 12)],
        (2, 3, 4),
    ),
    case("split", lambda x: [*x.split(2, 1), *x.chunk(2), *x.unbind(1)], (4, 5)),
    case(
        "inside of decompositions",
        lambda x: [
            torch.ops.prims.broadcast_in_dim(x, [3, 2, 4], [0, 2]),
            torch.ops.prims.convert_element_type(x, INT64),
            torch.ops.aten.alias(x),
        ],
    ),
    case("detach", lambda x: x.detach() + x.clone(), (4,)),
    case("movedim", lambda x: x.movedim(0, -1) * 1.5, (2, 3, 4)),
]


@pytest.mark.parametrize(("one", "dtype"), each(CASES))
def test_call(one: Case, dtype: torch.dtype, javascript: Javascript) -> None:
    check(one, dtype, javascript)
