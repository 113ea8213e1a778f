"""Views, reductions and products."""

import torch
import torch.nn.functional as nnf

from tests.ebmlib.plot.recording.case import INT64, case

VIEWS = [
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

REDUCTIONS = [
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

PRODUCTS = [
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
