"""One rate for each parameter: Adam, with its decay inside the gradient or outside."""

from collections.abc import Callable, Iterator

import torch
from jaxtyping import Float
from torch import Tensor

from ebmlib.checks import check_count, check_positive


def adam(
    gradient: Callable[[Tensor], Tensor],
    w: Float[Tensor, "*batch"],
    *,
    eta: float | Callable[[int], float],
    steps: int,
    beta1: float = 0.9,
    beta2: float = 0.999,
    inside: float = 0.0,
    outside: float = 0.0,
    eps: float = 1e-30,
) -> Iterator[Float[Tensor, "*batch"]]:
    r"""Descend with each entry's gradient divided by its own recent size.

    Formula:
        g = gradient(w) + inside w, m <- beta1 m + (1 - beta1) g, v <- beta2 v + (1 - beta2) g^2,
        w <- w - eta (m_hat / (sqrt(v_hat) + eps) + outside w), with m_hat = m / (1 - beta1^k) and
        v_hat = v / (1 - beta2^k) after k steps. `inside` is the decay of Adam with an L2 penalty,
        `outside` that of AdamW. beta1 = 0 is RMSprop with its bias removed.

    Args:
        gradient: of the loss, at every entry of w (or at every row).
        w: where it starts: one, or many at once.
        eta: learning rate, or a function of the step, which counts from 1.
        steps: how many there are.
        beta1: how much of the mean gradient is kept, in [0, 1).
        beta2: how much of the mean square is kept, in [0, 1).
        inside: decay that is part of the gradient.
        outside: decay beside it.
        eps: what keeps 0 / 0 away.

    Yields:
        w after each step.

    Raises:
        ValueError: if steps is below 1, eta or eps not positive, a beta not in [0, 1) or a decay
            negative.

    Source: Kingma and Ba, Adam: a method for stochastic optimization, 2015; Loshchilov and
        Hutter, Decoupled weight decay regularization, 2019

    Derived on: book/optimise/adaptive.md
    """
    check_count("steps", steps)
    check_positive("eps", eps)
    if not callable(eta):
        check_positive("eta", eta)
    for name, beta in (("beta1", beta1), ("beta2", beta2)):
        if not 0 <= beta < 1:
            raise ValueError(f"{name} must be in [0, 1). Got {beta}.")
    for name, decay in (("inside", inside), ("outside", outside)):
        if not decay >= 0:
            raise ValueError(f"{name} must be >= 0. Got {decay}.")
    rate = eta if callable(eta) else lambda k: eta
    return _walk(gradient, w, rate, steps, (beta1, beta2), (inside, outside), eps)


def _walk(
    gradient: Callable[[Tensor], Tensor],
    w: Tensor,
    eta: Callable[[int], float],
    steps: int,
    betas: tuple[float, float],
    decays: tuple[float, float],
    eps: float,
) -> Iterator[Tensor]:
    (beta1, beta2), (inside, outside) = betas, decays
    m = v = torch.zeros_like(w)
    for k in range(1, steps + 1):
        g = gradient(w) + inside * w
        m = beta1 * m + (1 - beta1) * g
        v = beta2 * v + (1 - beta2) * g.square()
        size = (v / (1 - beta2**k)).sqrt() + eps
        w = w - eta(k) * (m / (1 - beta1**k) / size + outside * w)
        yield w
