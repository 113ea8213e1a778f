"""A linear probe: can a linear layer, trained anew, read the classes off a representation?"""

import torch
from jaxtyping import Float, Int
from torch import Tensor, nn
from torch.nn.functional import cross_entropy

from ebmlib.checks import check_count, check_ndim


def linear_probe(
    h: Float[Tensor, "batch dim"],
    y: Int[Tensor, " batch"],
    *,
    steps: int = 200,
    decay: float = 1e-5,
) -> nn.Linear:
    """Fit a linear classifier to frozen representations, from zero, with L-BFGS.

    Formula:
        minimise (1/P) sum_i cross-entropy(W h_i + b, y_i) + decay |W|^2, h standardised; the
        decay keeps W finite where the classes are separable.

    Args:
        h: representations, one a row; no gradient flows back into them.
        y: classes, 0 ... K - 1.
        steps: the most iterations of L-BFGS.
        decay: weight of the penalty, for the standardised representations.

    Returns:
        The probe, for representations as they were given.

    Raises:
        ValueError: if h is not (batch, dim) with two samples or more, or steps < 1.

    Source: Alain and Bengio, Understanding intermediate layers using linear classifier probes,
        2016.

    Derived on: book/spiral/unwarp.md
    """
    check_count("steps", steps)
    check_ndim("h", h, 2, "(batch, dim)")
    check_count("the number of samples", len(h), 2)  # one has no spread to standardise by
    h = h.detach()
    mean, std = h.mean(0), h.std(0).clamp_min(1e-12)
    probe = nn.Linear(h.shape[1], int(y.max()) + 1, dtype=h.dtype, device=h.device)
    for parameter in probe.parameters():
        nn.init.zeros_(parameter)
    lbfgs = torch.optim.LBFGS(probe.parameters(), max_iter=steps, line_search_fn="strong_wolfe")

    def closure() -> Tensor:
        lbfgs.zero_grad()
        L = cross_entropy(probe((h - mean) / std), y) + decay * probe.weight.square().sum()
        L.backward()  # type: ignore[no-untyped-call]
        return L

    lbfgs.step(closure)  # type: ignore[no-untyped-call]
    with torch.no_grad():  # undo the standardisation
        probe.weight.div_(std)
        probe.bias.sub_(probe.weight @ mean)
    return probe
