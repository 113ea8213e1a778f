r"""Variational autoencoders: codes are fuzzy bubbles, and keeping them fuzzy limits them.

All functions take stacks of nets (`ebmlib.nets.stacked`).
"""

import math
from collections.abc import Callable, Sequence
from typing import NamedTuple

import torch
from jaxtyping import Float
from torch import Tensor, nn

from ebmlib.checks import check_count, check_positive
from ebmlib.gaussian import log_norm, nll
from ebmlib.nets.stacked import Stacked


class Bubble(NamedTuple):
    """The Gaussian that an encoder makes of a target."""

    mu: Float[Tensor, "*batch d"]
    log_v: Float[Tensor, "*batch d"]
    """Logarithm of the variance: any real number will do."""

    def sample(self, *, generator: torch.Generator | None = None) -> Float[Tensor, "*batch d"]:
        """A latent in the bubble, z = mu + sqrt(v) eps, differentiable in mu and log v."""
        eps = torch.randn(
            self.mu.shape, generator=generator, dtype=self.mu.dtype, device=self.mu.device
        )
        return self.mu + (self.log_v / 2).exp() * eps


def kl(bubble: Bubble) -> Float[Tensor, "*batch"]:
    r"""Kullback-Leibler divergence of a bubble from the standard normal one, in nats.

    Formula:
        KL = (1/2) sum_i (v_i - log v_i - 1 + mu_i^2).

    Derived on: book/generative/variational.md
    """
    mu, log_v = bubble
    return (log_v.exp() - log_v - 1 + mu.square()).sum(-1) / 2


class VAE(nn.Module):
    r"""A stack of variational autoencoders with a known noise.

    Formula:
        q(z|y) = N(mu, diag v), (mu, log v) = Enc(y); p(y|z) = N(Dec(z), sigma^2 I).

    Args:
        sizes: of the decoder, [d, 32, 32, dim]; the encoder's are the same backwards, with 2 d
            outputs.
        generators: one for each net.
        sigma: standard deviation of the noise.
        dtype: torch's default if not given.

    Raises:
        ValueError: as `Stacked`, or if sigma is not positive.

    Source: Kingma and Welling, Auto-encoding variational Bayes, 2014; their x, phi, theta are
        our y, and the weights of Enc and Dec.

    Derived on: book/generative/variational.md
    """

    def __init__(
        self,
        sizes: Sequence[int],
        generators: Sequence[torch.Generator],
        sigma: float,
        *,
        dtype: torch.dtype | None = None,
    ) -> None:
        super().__init__()
        check_positive("sigma", sigma)
        self.decoder = Stacked(sizes, generators, dtype=dtype)
        self.sigma, self.d = sigma, sizes[0]
        self.encoder = Stacked([*sizes[:0:-1], 2 * sizes[0]], generators, dtype=dtype)

    def encode(self, y: Float[Tensor, "#nets batch dim"]) -> Bubble:
        """The bubble of each target."""
        s = self.encoder(y)
        return Bubble(s[..., : self.d], s[..., self.d :])

    def bound(
        self,
        y: Float[Tensor, "nets batch dim"],
        weight: float | Float[Tensor, "nets 1"] = 1.0,
        *,
        generator: torch.Generator | None = None,
    ) -> Float[Tensor, "nets batch"]:
        r"""Minus the evidence lower bound of each y with one latent drawn, in nats.

        Formula:
            |y - Dec(z)|^2 / (2 sigma^2) + (dim/2) log(2 pi sigma^2) + weight KL,
            z ~ q(z|y); with weight 1 its expectation is at least -log p(y). The weight is a
            temperature: up to a constant, weight times the bound of a VAE whose noise
            has the variance weight sigma^2. (The beta of a beta-VAE, which is no coldness.)
        """
        bubble = self.encode(y)
        z = bubble.sample(generator=generator)
        return nll(y, self.decoder(z), self.sigma**2) + weight * kl(bubble)


def exact_nll(
    decoder: Callable[[Tensor], Tensor],
    y: Float[Tensor, "nets batch dim"],
    sigma: float,
    *,
    points: int = 1201,
    reach: float = 6.0,
) -> Float[Tensor, "nets batch"]:
    r"""Minus the log density of a decoder with ONE latent, by quadrature, in nats.

    Formula:
        -log p(y) = -log of the integral of N(z; 0, 1) N(y; Dec(z), sigma^2 I) over z, by the
        trapezoidal rule between -reach and reach. It is a free energy at beta = 1.
        Two conditions make it exact, to about 1e-6 nats: the posterior of z is at least as wide
        as the step h = 2 reach / (points - 1), that is sigma / |Dec'(z)| >= h (about: the prior
        narrows it further), and its mean lies at least five of its widths within the reach.
        Outside them it is not: give more points, or a longer reach.

    Raises:
        ValueError: if sigma or reach is not positive, or points < 2.

    Derived on: book/generative/variational.md
    """
    check_positive("sigma", sigma)
    check_positive("reach", reach)
    check_count("points", points, 2)
    z = torch.linspace(-reach, reach, points, dtype=y.dtype, device=y.device)
    log_w = -z.square() / 2 - math.log(2 * math.pi) / 2 + math.log(2 * reach / (points - 1))
    mean = decoder(z[None, :, None].expand(len(y), -1, -1))
    squares = torch.cdist(y, mean).square() / (2 * sigma**2)
    return log_norm(y.shape[-1], sigma**2) - torch.logsumexp(log_w - squares, -1)
