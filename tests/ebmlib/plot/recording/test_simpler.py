"""Calls that are taken apart, against torch."""

import pytest
import torch
import torch.nn.functional as nnf

from tests.ebmlib.plot.recording.case import Case, case, check, each
from tests.ebmlib.plot.recording.javascript import Javascript

INDEX = torch.tensor([[0, 2], [1, 1], [2, 0]])
MASK = torch.tensor([True, False, True])
GRID = torch.linspace(-1, 1, 30, dtype=torch.float64)

CASES = [
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


@pytest.mark.parametrize(("one", "dtype"), each(CASES))
def test_call(one: Case, dtype: torch.dtype, javascript: Javascript) -> None:
    check(one, dtype, javascript)
