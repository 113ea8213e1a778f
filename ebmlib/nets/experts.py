r"""Linear experts and a gate that listens to one of them, or to all."""

import math
from collections.abc import Sequence

import torch
from jaxtyping import Float
from torch import Tensor, nn

from ebmlib.checks import check_count, check_last, check_positive
from ebmlib.soft import logsumexp_min


class MixtureOfExperts(nn.Module):
    r"""K experts f_k(x) = W_k x + b_k and the gate g(x) = softargmax(V x + c), a stack of them.

    Formula:
        Mixing densities: the expert is a latent k, and
        E(x, y, k) = |y - f_k(x)|^2 / (2 sigma^2) - log g_k(x),
        F_beta(x, y) = -(1/beta) log sum_k exp(-beta E(x, y, k)).
        At beta = 1 it is -log p(y | x), but for the constant out/2 log(2 pi sigma^2).
        Blending outputs: sum_k g_k(x) f_k(x), one answer for each x.

    Args:
        dim: entries of x.
        out: entries of y.
        experts: how many there are, K.
        generators: one for each mixture of the stack; W and V start standard normal.
        sigma: the noise that an expert allows for.
        dtype: torch's default if not given.

    Raises:
        ValueError: if dim, out or experts is below 1, sigma is not positive, or no generator is
            given.

    Source: Jacobs, Jordan, Nowlan and Hinton, Adaptive mixtures of local experts, 1991

    Derived on: book/optimise/reparametrise.md
    """

    def __init__(
        self,
        dim: int,
        out: int,
        experts: int,
        generators: Sequence[torch.Generator],
        *,
        sigma: float = 1.0,
        dtype: torch.dtype | None = None,
    ) -> None:
        super().__init__()
        for name, value in (("dim", dim), ("out", out), ("experts", experts)):
            check_count(name, value)
        check_positive("sigma", sigma)
        if not generators:
            raise ValueError("generators must hold one a mixture. Got none.")
        self.sigma, self.dim, self.out = sigma, dim, out
        sizes = (experts * out, dim + 1), (experts, dim + 1)
        drawn = [[torch.randn(s, generator=g, dtype=dtype) for s in sizes] for g in generators]
        self.W = nn.Parameter(torch.stack([W.view(experts, out, dim + 1) for W, _ in drawn]))
        self.V = nn.Parameter(torch.stack([V for _, V in drawn]))

    def experts(self, x: Float[Tensor, "#nets batch dim"]) -> Float[Tensor, "nets batch K out"]:
        """What each expert answers.

        Raises:
            ValueError: if x has not dim entries.
        """
        return torch.einsum("nkoi,nbi->nbko", self.W, self._one(x))

    def log_gate(self, x: Float[Tensor, "#nets batch dim"]) -> Float[Tensor, "nets batch K"]:
        """Logarithm of the gate's probabilities.

        Raises:
            ValueError: if x has not dim entries.
        """
        return torch.log_softmax(self._one(x) @ self.V.mT, -1)

    def F(
        self,
        x: Float[Tensor, "#nets batch dim"],
        y: Float[Tensor, "#nets batch out"],
        beta: float = 1.0,
    ) -> Float[Tensor, "nets batch"]:
        """Free energy of y, given x, over the experts; with beta = inf only the best counts.

        Raises:
            ValueError: if x has not dim or y not out entries, or beta is not in (0, inf].
        """
        check_last("y", y, self.out, f"(nets, batch, {self.out})")
        far = (y[..., None, :] - self.experts(x)).square().sum(-1)
        return logsumexp_min(far / (2 * self.sigma**2) - self.log_gate(x), beta)

    def blend(
        self, x: Float[Tensor, "#nets batch dim"], *, hard: bool = False
    ) -> Float[Tensor, "nets batch out"]:
        """The answers weighted by the gate; `hard` takes that of the likeliest expert alone.

        Raises:
            ValueError: if x has not dim entries.
        """
        f, log_g = self.experts(x), self.log_gate(x)
        if hard:
            best = log_g.argmax(-1)[..., None, None].expand(*f.shape[:2], 1, f.shape[-1])
            return f.gather(2, best)[..., 0, :]
        return (log_g.exp()[..., None] * f).sum(2)

    def constant(self) -> float:
        """What F at beta = 1 lacks to be -log p(y | x)."""
        return self.out / 2 * math.log(2 * math.pi * self.sigma**2)

    def _one(self, x: Tensor) -> Tensor:
        """x and a last entry of 1, for each net."""
        check_last("x", x, self.dim, f"(nets, batch, {self.dim})")
        x = x.expand(self.V.shape[0], -1, -1)
        return torch.cat((x, torch.ones_like(x[..., :1])), -1)
