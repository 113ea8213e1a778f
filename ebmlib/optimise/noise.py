r"""Descent along a gradient that shivers, and how wide it shivers in a bowl."""

from collections.abc import Callable, Iterator

import torch
from jaxtyping import Float
from torch import Tensor

from ebmlib.checks import check_count, check_positive


def rough_descent(
    gradient: Callable[[Tensor], Tensor],
    w: Float[Tensor, "*batch"],
    *,
    eta: float,
    s: float,
    steps: int,
    alpha: float = 0.0,
    generator: torch.Generator | None = None,
) -> Iterator[Float[Tensor, "*batch"]]:
    r"""Descend with noise of standard deviation s in every entry of the gradient.

    Formula:
        m <- alpha m + gradient(w) + s eps, w <- w - eta m, from m = 0, with eps ~ N(0, I).
        For a small eta and a constant s the walkers of a loss L come to lie as
        exp(-L(w) / T) says, with T = eta s^2 / (2 (1 - alpha)).

    Args:
        gradient: of the loss, at every entry of w (or at every row).
        w: where it starts: one walker, or many at once.
        eta: learning rate.
        s: standard deviation of the noise of one step.
        steps: how many there are.
        alpha: torch's momentum, in [0, 1).
        generator: of the noise.

    Yields:
        w after each step.

    Raises:
        ValueError: if eta is not positive, s negative, alpha not in [0, 1) or steps below 1.

    Source: Mandt, Hoffman and Blei, Stochastic gradient descent as approximate Bayesian
        inference, 2017

    Derived on: book/optimise/noise.md
    """
    _check(eta, alpha, s)
    check_count("steps", steps)
    return _walk(gradient, w, eta, s, steps, alpha, generator)


def _walk(
    gradient: Callable[[Tensor], Tensor],
    w: Tensor,
    eta: float,
    s: float,
    steps: int,
    alpha: float,
    generator: torch.Generator | None,
) -> Iterator[Tensor]:
    m = torch.zeros_like(w)
    for _ in range(steps):
        eps = torch.randn(w.shape, generator=generator, dtype=w.dtype, device=w.device)
        m = alpha * m + gradient(w) + s * eps
        w = w - eta * m
        yield w


def stationary_variance(eta: float, s: float, lam: float, alpha: float = 0.0) -> float:
    r"""How wide `rough_descent` shivers for ever in the bowl lam w^2 / 2.

    Formula:
        eta s^2 (1 + alpha) / (lam (1 - alpha) (2 (1 + alpha) - eta lam)), which is
        T / lam with T = eta s^2 / (2 (1 - alpha)) where eta lam is small.

    Args:
        eta: learning rate.
        s: standard deviation of the noise of one step.
        lam: the bowl's curvature.
        alpha: torch's momentum, in [0, 1).

    Raises:
        ValueError: if eta or lam is not positive, s negative, alpha not in [0, 1), or if eta lam
            is not below 2 (1 + alpha), where the walk runs away.

    Source: the variance of an autoregression of second order.

    Derived on: book/optimise/noise.md
    """
    _check(eta, alpha, s)
    check_positive("lam", lam)
    room = 2 * (1 + alpha) - eta * lam
    if room <= 0:
        raise ValueError(f"eta lam must be below {2 * (1 + alpha)}. Got {eta * lam}.")
    return eta * s**2 * (1 + alpha) / (lam * (1 - alpha) * room)


def _check(eta: float, alpha: float, s: float) -> None:
    check_positive("eta", eta)
    if not 0 <= alpha < 1:
        raise ValueError(f"alpha must be in [0, 1). Got {alpha}.")
    if not s >= 0:
        raise ValueError(f"s must be >= 0. Got {s}.")
