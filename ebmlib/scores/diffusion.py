r"""Draw through noise: start where it is so strong that nothing else is left, and take it away.

A denoiser D(y, sigma) answers with the mean of what y was before noise of standard deviation
sigma; the score of the spoiled data is (D(y, sigma) - y) / sigma^2.
"""

import itertools
from collections.abc import Callable, Iterator

import torch
from jaxtyping import Float
from torch import Tensor

from ebmlib.checks import check_count, check_positive
from ebmlib.gaussian import log_norm

Denoise = Callable[[Tensor, Tensor], Tensor]
"""From y (*batch, dim) and sigma (a number) to the clean y that is expected, (*batch, dim)."""


def levels(
    n: int,
    *,
    high: float = 5.0,
    low: float = 0.01,
    rho: float = 7.0,
    dtype: torch.dtype | None = None,
) -> Float[Tensor, " {n}+1"]:
    r"""Levels of noise of n steps, from high to low, the closer together the lower they are.

    Formula:
        sigma_i = (high^(1/rho) + i/n (low^(1/rho) - high^(1/rho)))^rho for i = 0 ... n.

    Raises:
        ValueError: if n < 1, rho is not positive, or not 0 < low < high.

    Source: Karras et al., Elucidating the design space of diffusion-based generative models, 2022

    Derived on: book/sampling/diffusion.md
    """
    check_count("n", n)
    check_positive("rho", rho)
    if not 0 < low < high:
        raise ValueError(f"levels need 0 < low < high. Got {low} and {high}.")
    t = torch.linspace(high ** (1 / rho), low ** (1 / rho), n + 1, dtype=dtype)
    return t**rho


def flow(
    D: Denoise,
    y: Float[Tensor, "*batch dim"],
    sigmas: Float[Tensor, " levels"],
    *,
    method: str = "heun",
) -> Iterator[Float[Tensor, "*batch dim"]]:
    r"""Roll y along the flow through levels of noise.

    Formula:
        dy/dsigma = (y - D(y, sigma)) / sigma = -sigma score. A step from a to b is
        y + (b - a) f_a(y), and Heun's takes the mean of f_a here and f_b there.

    Args:
        D: the denoiser.
        y: where it starts, at the first level.
        sigmas: the levels in their order: falling to draw, rising to spoil without chance.
        method: euler (one evaluation of D a step) or heun (two).

    Yields:
        y at each level after the first.

    Raises:
        ValueError: for another method, or fewer than two levels, or one that is not positive.

    Source: Song et al., Score-based generative modeling through stochastic differential
        equations, 2021; Song, Meng and Ermon, Denoising diffusion implicit models, 2021 (Euler)

    Derived on: book/sampling/diffusion.md
    """
    if method not in ("euler", "heun"):
        raise ValueError(f"method must be euler or heun. Got {method!r}.")
    check_levels(sigmas)
    return _roll(D, y, sigmas, method)


def _roll(D: Denoise, y: Tensor, sigmas: Tensor, method: str) -> Iterator[Tensor]:
    for a, b in itertools.pairwise(sigmas):
        v = (y - D(y, a)) / a
        ahead = y + (b - a) * v
        if method == "heun":
            ahead = y + (b - a) / 2 * (v + (ahead - D(ahead, b)) / b)
        y = ahead
        yield y


def ancestral(
    D: Denoise,
    y: Float[Tensor, "*batch dim"],
    sigmas: Float[Tensor, " levels"],
    *,
    generator: torch.Generator | None = None,
) -> Iterator[Float[Tensor, "*batch dim"]]:
    r"""Walk down through levels of noise, with fresh noise in every step.

    Formula:
        y_b = y + (1 - b^2/a^2) (D(y, a) - y) + b sqrt(1 - b^2/a^2) eps, which is what Bayes' rule
        says of level b where y is known at level a and D is the clean point.

    Args:
        D: the denoiser.
        y: where it starts, at the first level.
        sigmas: the levels, falling.
        generator: of the noise.

    Yields:
        y at each level after the first.

    Raises:
        ValueError: for fewer than two levels, one that is not positive, or levels that rise.

    Source: Ho, Jain and Abbeel, Denoising diffusion probabilistic models, 2020

    Derived on: book/sampling/diffusion.md
    """
    check_levels(sigmas, fall=True)
    return _walk(D, y, sigmas, generator)


def _walk(
    D: Denoise, y: Tensor, sigmas: Tensor, generator: torch.Generator | None
) -> Iterator[Tensor]:
    for a, b in itertools.pairwise(sigmas):
        share = 1 - (b / a) ** 2
        eps = torch.randn(y.shape, generator=generator, dtype=y.dtype, device=y.device)
        y = y + share * (D(y, a) - y) + b * share.sqrt() * eps
        yield y


def flow_nll(
    D: Denoise, y: Float[Tensor, "*batch dim"], sigmas: Float[Tensor, " levels"]
) -> Float[Tensor, "*batch"]:
    r"""Minus the log density that the flow gives a point, in nats.

    Formula:
        Rolled up from the lowest level to the highest, by Heun's steps, y ends at Y, and
        -log p(y) = -log N(Y; 0, sigma_high^2 I) - integral of div f dsigma, with
        div f = (dim - tr dD/dy) / sigma from autograd, by the trapezium rule.

    Args:
        D: the denoiser; each answer depends on its own y alone.
        y: where the density is asked for.
        sigmas: the levels, falling, as for drawing.

    Raises:
        ValueError: for fewer than two levels, one that is not positive, or levels that rise.

    Source: Song et al., Score-based generative modeling through stochastic differential
        equations, 2021

    Derived on: book/sampling/diffusion.md
    """
    check_levels(sigmas, fall=True)
    up, total = sigmas.flip(0), torch.zeros(y.shape[:-1], dtype=y.dtype, device=y.device)
    f, div = _slope(D, y, up[0])
    for a, b in itertools.pairwise(up):
        ahead, _ = _slope(D, y + (b - a) * f, b)
        y = y + (b - a) / 2 * (f + ahead)
        f, new = _slope(D, y, b)
        total, div = total + (b - a) / 2 * (div + new), new
    high = float(up[-1]) ** 2
    return y.square().sum(-1) / (2 * high) + log_norm(y.shape[-1], high) - total


def _slope(D: Denoise, y: Tensor, sigma: Tensor) -> tuple[Tensor, Tensor]:
    """The flow's velocity and its divergence."""
    with torch.enable_grad():
        at = y.detach().requires_grad_()
        f = (at - D(at, sigma)) / sigma
        div = torch.zeros(y.shape[:-1], dtype=y.dtype, device=y.device)
        for i in range(y.shape[-1]):
            (row,) = torch.autograd.grad(f[..., i].sum(), at, retain_graph=True)
            div = div + row[..., i]
    return f.detach(), div.detach()


def check_levels(sigmas: Tensor, *, fall: bool = False) -> None:
    """Raise ValueError unless there are two positive levels or more, falling if `fall`."""
    if sigmas.ndim != 1 or len(sigmas) < 2 or not bool((sigmas > 0).all()):
        raise ValueError(
            f"sigmas must be two or more positive levels. Got {sigmas.detach().tolist()}."
        )
    if fall and not bool((sigmas.diff() < 0).all()):
        raise ValueError(f"the levels must fall. Got {sigmas.detach().tolist()}.")
