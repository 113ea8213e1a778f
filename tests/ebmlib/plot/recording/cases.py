"""Every call that live figures know: parts put together and looked up, and what is composed."""

import torch
import torch.nn.functional as nnf

from tests.ebmlib.plot.recording.case import case
from tests.ebmlib.plot.recording.pointwise_cases import INTEGERS, POINTWISE
from tests.ebmlib.plot.recording.shape_cases import PRODUCTS, REDUCTIONS, VIEWS

INDEX = torch.tensor([[0, 2], [1, 1], [2, 0]])
MASK = torch.tensor([True, False, True])
GRID = torch.linspace(-1, 1, 30, dtype=torch.float64)

SCATTERED = [
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
            torch.ops.aten._index_put_impl_(x.clone(), [INDEX[1]], y),
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

COMPOSED = [
    case("softmax", lambda x: [x.softmax(-1), x.log_softmax(0), x.logsumexp(1)], (3, 4)),
    case(
        "softplus",
        lambda x: [
            nnf.softplus(x),
            nnf.leaky_relu(x),
            nnf.elu(x),
            nnf.gelu(x),
            nnf.silu(x),
            nnf.hardtanh(x),
            nnf.softshrink(x),
            nnf.logsigmoid(x),
        ],
        (30,),
    ),
    case(
        "gelu by tanh",
        lambda x: [nnf.gelu(x, approximate="tanh"), x.lerp(x * x, 0.3), x.hypot(x + 1), x.sinc()],
        (30,),
    ),
    case("layer_norm", lambda x, w, b: nnf.layer_norm(x, (4,), w, b), (3, 4), (4,), (4,)),
    case(
        "losses",
        lambda x, y: [
            nnf.mse_loss(x, y),
            nnf.cross_entropy(x, INDEX[:, 0]),
            nnf.smooth_l1_loss(x, y),
            nnf.binary_cross_entropy_with_logits(x, y),
        ],
        (3, 4),
        (3, 4),
    ),
    case("attention", lambda x: nnf.scaled_dot_product_attention(x, x, x), (2, 5, 4)),
    case("pooling", lambda x: [nnf.avg_pool1d(x, 2), nnf.max_pool1d(x, 2)], (1, 2, 8)),
]

ALL = [*POINTWISE, *INTEGERS, *VIEWS, *REDUCTIONS, *PRODUCTS, *SCATTERED, *COMPOSED]
