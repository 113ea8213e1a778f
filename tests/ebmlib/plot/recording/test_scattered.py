"""Parts put together, looked up and put in their places, against torch."""

import pytest
import torch
import torch.nn.functional as nnf

from tests.ebmlib.plot.recording.case import Case, case, check, each
from tests.ebmlib.plot.recording.javascript import Javascript

INDEX = torch.tensor([[0, 2], [1, 1], [2, 0]])
MASK = torch.tensor([True, False, True])
GRID = torch.linspace(-1, 1, 30, dtype=torch.float64)

CASES = [
    case("cat", lambda x, y: [torch.cat((x, y, x)), torch.cat((x, x + 1), 1)], (3, 4), (2, 4)),
    case("stack", lambda x, y: [torch.stack((x, y), -1), torch.hstack((x, y))], (3,), (3,)),
    case("gather", lambda x: [x.gather(1, INDEX), x[:, 0].gather(0, INDEX[:, 0])], (3, 4)),
    case("gather by a setting", lambda x: x.take_along_dim(x.argsort(1), 1), (3, 4)),
    case(
        "index_select",
        lambda x: [x.index_select(1, INDEX[:, 0]), x.index_select(0, INDEX[1])],
        (3, 4),
    ),
    case("embedding", lambda x: nnf.embedding(INDEX, x), (3, 4)),
    case(
        "index",
        lambda x: [
            x[INDEX],
            x[:, INDEX],
            x[INDEX[:, :1], INDEX[:, 1]],
            x[-INDEX],
            x[INDEX[:, 0], :, INDEX[:, 1]],
        ],
        (3, 3, 4),
    ),
    case("index by a setting", lambda x: x[x[:, 0].argsort() - 3], (3, 4)),
    case("mask", lambda x: [x[MASK], x[:, MASK]], (3, 3)),
    case(
        "index_put",
        lambda x, y: [
            x.index_put((INDEX[:, 0],), y),
            x.index_put((INDEX[:, 0], INDEX[:, 1]), y[:, 0], accumulate=True),
        ],
        (3, 4),
        (3, 4),
    ),
    case(
        "unchecked indices",
        lambda x, y: [
            torch.ops.aten._unsafe_index(x, [INDEX[1]]),
            torch.ops.aten._unsafe_index_put(x, [INDEX[:, 0]], y),
            torch.ops.aten._index_put_impl_(x.clone(), [INDEX[1]], y[:2]),
        ],
        (3, 4),
        (3, 4),
    ),
    case("index_add", lambda x, y: x.index_add(0, INDEX[1], y[:2]), (3, 4), (3, 4)),
    case(
        "scatter",
        lambda x, y: [
            x.scatter(1, INDEX, y),
            x.scatter_add(1, INDEX * 0, y),
            x.scatter(0, INDEX, 3.0),
        ],
        (3, 4),
        (3, 4),
    ),
    case(
        "select_scatter",
        lambda x, y: [x.select_scatter(y, 0, -1), x.slice_scatter(y.expand(2, 4), 0, 1)],
        (3, 4),
        (4,),
    ),
    case(
        "pad",
        lambda x: [nnf.pad(x, (1, 2)), nnf.pad(x, (0, 1, 2, 0), value=7.0), nnf.pad(x, (-1, 2))],
        (3, 4),
    ),
    case(
        "triangles",
        lambda x: [x.tril(), x.triu(1), x.trace(), torch.diag_embed(x), x.roll(1, 0)],
        (3, 3),
    ),
    case("one_hot", lambda x: nnf.one_hot(x.argmax(1), 4), (3, 4)),
    case(
        "searchsorted",
        lambda x: [
            torch.bucketize(x, GRID.to(x.dtype)),
            torch.searchsorted(GRID.to(x.dtype), x, right=True),
        ],
        (9,),
    ),
    case("cdist", lambda x, y: [torch.cdist(x, y), torch.cdist(x, y, 1.0)], (3, 2), (4, 2)),
]


@pytest.mark.parametrize(("one", "dtype"), each(CASES))
def test_call(one: Case, dtype: torch.dtype, javascript: Javascript) -> None:
    check(one, dtype, javascript)
