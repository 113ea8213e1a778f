r"""Generative adversarial nets as contrastive energy-based models.

The critic is the energy F(y): training pulls it down on data y and pushes it up on what the
generator makes, y-hat = Gen(z). The generator descends F(y-hat). All functions take stacks of
nets (`ebmlib.nets.stacked`): energies of shape (nets, batch), of which each returns one loss a net.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

import torch
from jaxtyping import Float
from torch import Tensor, nn
from torch.nn.functional import softplus

from ebmlib.checks import check_count, check_ndim

Critic = Callable[[Tensor], Tensor]


class Losses(NamedTuple):
    """One number a net."""

    critic: Float[Tensor, " nets"]
    generator: Float[Tensor, " nets"]


def plain_losses(F: Float[Tensor, "nets batch"], F_hat: Float[Tensor, "nets batch"]) -> Losses:
    r"""Losses of the plain GAN: data or not, by the sign of the energy.

    Formula:
        critic: mean of log(1 + e^F(y)) + log(1 + e^-F(y-hat)); the probability that y is data
        is 1/(1 + e^F(y)). Generator: mean of log(1 + e^F(y-hat)), the non-saturating loss.

    Source: Goodfellow et al., Generative adversarial nets, 2014; their D(y) is
        1/(1 + e^F(y)), their z and G are ours.

    Derived on: book/generative/adversarial.md
    """
    return Losses(softplus(F).mean(-1) + softplus(-F_hat).mean(-1), softplus(F_hat).mean(-1))


def wasserstein_losses(
    F: Float[Tensor, "nets batch"], F_hat: Float[Tensor, "nets batch"]
) -> Losses:
    r"""Losses of the Wasserstein GAN: the difference of the mean energies.

    Formula:
        critic: mean F(y) - mean F(y-hat); generator: mean F(y-hat).
        Without a bound on the slope of F the critic's loss has no minimum.

    Source: Arjovsky, Chintala, Bottou, Wasserstein GAN, 2017; their critic f is -F.

    Derived on: book/generative/adversarial.md
    """
    return Losses(F.mean(-1) - F_hat.mean(-1), F_hat.mean(-1))


def margin_losses(
    F: Float[Tensor, "nets batch"], F_hat: Float[Tensor, "nets batch"], margin: float
) -> Losses:
    r"""Losses of the energy-based GAN: push up to a margin and no further.

    Formula:
        critic: mean of F(y) + (m - F(y-hat))^+; generator: mean of F(y-hat).
        F must be >= 0: EBGAN takes an autoencoder's reconstruction error.

    Source: Zhao, Mathieu, LeCun, Energy-based generative adversarial networks, 2017;
        their D is F.

    Derived on: book/generative/adversarial.md
    """
    return Losses(F.mean(-1) + (margin - F_hat).relu().mean(-1), F_hat.mean(-1))


def slope(critic: Critic, y: Float[Tensor, "nets batch dim"]) -> Float[Tensor, "nets batch"]:
    """Length of the energy's gradient at each y, itself differentiable."""
    with torch.enable_grad():
        y = y.detach().requires_grad_()
        (g,) = torch.autograd.grad(critic(y).sum(), y, create_graph=True)
    return (g.square().sum(-1) + 1e-12).sqrt()


def gradient_penalty(
    critic: Critic,
    y: Float[Tensor, "nets batch dim"],
    y_hat: Float[Tensor, "nets batch dim"],
    *,
    generator: torch.Generator | None = None,
) -> Float[Tensor, " nets"]:
    r"""Mean squared distance of the slope from 1 between data and generated points.

    Formula:
        mean of (|grad F(u)| - 1)^2 at u = a y + (1 - a) y-hat, a ~ U(0, 1).

    Source: Gulrajani et al., Improved training of Wasserstein GANs, 2017.

    Derived on: book/generative/adversarial.md
    """
    a = torch.rand(*y.shape[:-1], 1, generator=generator, dtype=y.dtype, device=y.device)
    return (slope(critic, a * y + (1 - a) * y_hat) - 1).square().mean(-1)


def r1_penalty(critic: Critic, y: Float[Tensor, "nets batch dim"]) -> Float[Tensor, " nets"]:
    r"""Mean squared slope of the energy at the data, halved.

    Formula:
        (1/2) mean of |grad F(y)|^2.

    Source: Mescheder, Geiger, Nowozin, Which training methods for GANs do actually converge?,
        2018, equation 9; their D is -F.

    Derived on: book/generative/adversarial.md
    """
    return slope(critic, y).square().mean(-1) / 2


class Round(NamedTuple):
    """What `Duel.rounds` yields after each round, one number a net."""

    step: int
    critic: Float[Tensor, " nets"]
    """The critic's loss, penalty included."""
    generator: Float[Tensor, " nets"]
    """The generator's loss."""
    gradient: Float[Tensor, " nets"]
    """Norm of the generator's gradient over all of its parameters."""


@dataclass
class Duel:
    """The recipe of an adversarial training."""

    losses: Callable[[Tensor, Tensor], Losses] = plain_losses
    penalty: Callable[[Critic, Tensor, Tensor], Tensor] | None = None
    weight: float | Tensor = 0.0
    """The penalty's weight, one for all nets or one for each."""
    lr: tuple[float, float] = (1e-3, 1e-3)
    """Of the critic and the generator."""
    turns: tuple[int, int] = (1, 1)
    """Steps of the critic and of the generator in each round."""
    batch: int = 128
    momenta: tuple[float, float] = (0.5, 0.9)
    latent: int = 2
    generator: torch.Generator | None = field(default=None)

    def rounds(
        self,
        critic: nn.Module,
        maker: nn.Module,
        y: Float[Tensor, "nets n dim"],
        steps: int,
    ) -> Iterator[Round]:
        """Train critic and generator against each other; nothing happens unless it is read.

        Args:
            critic: from (nets, batch, dim) to (nets, batch, 1).
            maker: the generator net, from (nets, batch, latent) to (nets, batch, dim).
            y: the data of each net.
            steps: rounds.

        Raises:
            ValueError: if steps < 1, y is not (nets, n, dim), the nets of y, critic and maker are
                not as many, or the weight is neither a number nor one for each net.
        """
        check_count("steps", steps)
        self._check(y)
        opts = [
            torch.optim.Adam(net.parameters(), lr=lr, betas=self.momenta)
            for net, lr in zip((critic, maker), self.lr, strict=True)
        ]

        def F(points: Tensor) -> Tensor:
            energies: Tensor = critic(points).squeeze(-1)
            if energies.shape != points.shape[:-1]:  # as many nets as data sets, or it broadcasts
                raise ValueError(
                    f"critic must return {tuple(points.shape[:-1])} energies, one a point. "
                    f"Got {tuple(energies.shape)}."
                )
            return energies

        for step in range(1, steps + 1):
            for _ in range(self.turns[0]):
                down, up = self._draw(y), maker(self._noise(y)).detach()
                L = self.losses(F(down), F(up)).critic
                if self.penalty is not None:
                    L = L + self.weight * self.penalty(F, down, up)
                _descend(opts[0], L)
            for _ in range(self.turns[1]):
                energies = F(maker(self._noise(y)))
                G = self.losses(energies, energies).generator  # the first is of no interest
                _descend(opts[1], G)
            yield Round(step, L.detach(), G.detach(), _norms(maker))

    def _check(self, y: Tensor) -> None:
        """One weight a net: others would broadcast, and each net would have them all."""
        check_ndim("y", y, 3, "(nets, n, dim)")
        nets = len(y)
        if isinstance(self.weight, Tensor) and self.weight.shape not in ((), (nets,)):
            raise ValueError(
                f"weight must be a number or have shape ({nets},). Got {tuple(self.weight.shape)}."
            )

    def _draw(self, y: Tensor) -> Tensor:
        nets, n, _ = y.shape
        rows = torch.randint(n, (nets, self.batch), generator=self.generator, device=y.device)
        return y[torch.arange(nets, device=y.device)[:, None], rows]

    def _noise(self, y: Tensor) -> Tensor:
        return torch.randn(
            len(y),
            self.batch,
            self.latent,
            generator=self.generator,
            dtype=y.dtype,
            device=y.device,
        )


def _descend(optimiser: torch.optim.Optimizer, L: Float[Tensor, " nets"]) -> None:
    optimiser.zero_grad()
    L.sum().backward()  # type: ignore[no-untyped-call]
    optimiser.step()


def _norms(net: nn.Module) -> Float[Tensor, " nets"]:
    squares = [p.grad.square().flatten(1).sum(1) for p in net.parameters() if p.grad is not None]
    return torch.stack(squares).sum(0).sqrt()
