r"""Walks that draw from p(y) = exp(-E(y)) / Z without Z: Langevin, Metropolis, Hamilton, a ladder.

An energy E maps (*batch, d) to (*batch); at a coldness beta, hand over beta E.
"""

from collections.abc import Callable, Iterator
from typing import NamedTuple

import torch
from jaxtyping import Bool, Float
from torch import Tensor

from ebmlib.checks import check_count, check_no_nan, check_positive

Energy = Callable[[Tensor], Tensor]


class Move(NamedTuple):
    """Where a walk is, and which of its walkers have just moved.

    Attributes:
        y: the walkers.
        accepted: True where the last proposal was accepted.
    """

    y: Float[Tensor, "*batch d"]
    accepted: Bool[Tensor, "*batch"]


def slope(E: Energy, y: Float[Tensor, "*batch d"]) -> Float[Tensor, "*batch d"]:
    r"""Gradient of an energy at many places at once, by autograd.

    Formula:
        grad E(y) = -grad log p(y), in which Z is not.

    Derived on: book/sampling/walk.md
    """
    y = y.detach().requires_grad_()
    (gradient,) = torch.autograd.grad(E(y).sum(), y)
    return gradient


def langevin(
    E: Energy,
    y: Float[Tensor, "*batch d"],
    *,
    h: float | Tensor,
    steps: int,
    generator: torch.Generator | None = None,
) -> Iterator[Float[Tensor, "*batch d"]]:
    r"""Descend with heat, without a test.

    Formula:
        y <- y - h grad E(y) + sqrt(2 h) xi, with xi ~ N(0, I). For E = y^2 / (2 s^2) it comes to
        lie with the variance s^2 / (1 - h / (2 s^2)), if h < 2 s^2.

    Args:
        E: the energy, times the coldness.
        y: where the walkers start.
        h: size of a step: a number, or a tensor that broadcasts against y.
        steps: how many there are.
        generator: of the heat.

    Yields:
        y after each step.

    Raises:
        ValueError: if h is not positive or steps below 1.

    Source: Roberts and Tweedie, Exponential convergence of Langevin distributions and their
        discrete approximations, 1996

    Derived on: book/sampling/walk.md
    """
    _check_size("h", h)
    check_count("steps", steps)
    return _langevin(E, y, h, steps, generator)


def _langevin(
    E: Energy, y: Tensor, h: float | Tensor, steps: int, generator: torch.Generator | None
) -> Iterator[Tensor]:
    for _ in range(steps):
        y = y - h * slope(E, y) + (2 * h) ** 0.5 * _normal(y, generator)
        yield y


def metropolis(
    E: Energy,
    y: Float[Tensor, "*batch d"],
    *,
    size: float | Tensor,
    steps: int,
    generator: torch.Generator | None = None,
) -> Iterator[Move]:
    r"""A blind random walk with Metropolis' test: it draws from p at any size.

    Formula:
        y' = y + size xi is accepted with probability min(1, exp(E(y) - E(y'))).

    Args:
        E: the energy, times the coldness.
        y: where the walkers start.
        size: standard deviation of a proposal: a number, or a tensor that broadcasts against y.
        steps: how many there are.
        generator: of the proposals and the tests.

    Yields:
        The move after each step.

    Raises:
        ValueError: if size is not positive or steps below 1.

    Source: Metropolis and others, Equation of state calculations by fast computing machines, 1953

    Derived on: book/sampling/walk.md
    """
    _check_size("size", size)
    check_count("steps", steps)
    return _metropolis(E, y, size, steps, generator)


def _metropolis(
    E: Energy, y: Tensor, size: float | Tensor, steps: int, generator: torch.Generator | None
) -> Iterator[Move]:
    for _ in range(steps):
        new = y + size * _normal(y, generator)
        move = _test(y, new, E(new) - E(y), generator)
        y = move.y
        yield move


def leapfrog(
    E: Energy,
    y: Float[Tensor, "*batch d"],
    v: Float[Tensor, "*batch d"],
    *,
    eps: float | Tensor,
    leaps: int,
) -> tuple[Float[Tensor, "*batch d"], Float[Tensor, "*batch d"]]:
    r"""Let a point of velocity v roll over the energy: reversible, and it keeps volume.

    Formula:
        v <- v - (eps / 2) grad E(y), y <- y + eps v, v <- v - (eps / 2) grad E(y), `leaps` times.

    Returns:
        Place and velocity at the end.

    Raises:
        ValueError: if eps is not positive or leaps below 1.

    Source: Duane, Kennedy, Pendleton and Roweth, Hybrid Monte Carlo, 1987

    Derived on: book/sampling/walk.md
    """
    _check_size("eps", eps)
    check_count("leaps", leaps)
    g = slope(E, y)
    for _ in range(leaps):
        v = v - eps / 2 * g
        y = y + eps * v
        g = slope(E, y)
        v = v - eps / 2 * g
    return y, v


def hamilton(
    E: Energy,
    y: Float[Tensor, "*batch d"],
    *,
    eps: float | Tensor,
    leaps: int,
    steps: int,
    generator: torch.Generator | None = None,
) -> Iterator[Move]:
    r"""Push, roll, test: Hamiltonian Monte Carlo. With one leap it is Langevin's walk with a test.

    Formula:
        v ~ N(0, I), (y', v') = leapfrog(y, v), accepted with probability
        min(1, exp(H - H')), H = E(y) + |v|^2 / 2. One leap proposes y - h grad E(y) +
        sqrt(2 h) v with h = eps^2 / 2.

    Args:
        E: the energy, times the coldness.
        y: where the walkers start.
        eps: time of a leap: a number, or a tensor that broadcasts against y.
        leaps: how many there are between two tests.
        steps: how often is pushed, and tested.
        generator: of the pushes and the tests.

    Yields:
        The move after each step.

    Raises:
        ValueError: if eps is not positive, leaps or steps below 1.

    Source: Duane, Kennedy, Pendleton and Roweth, Hybrid Monte Carlo, 1987

    Derived on: book/sampling/walk.md
    """
    _check_size("eps", eps)
    check_count("leaps", leaps)
    check_count("steps", steps)
    return _hamilton(E, y, eps, leaps, steps, generator)


def _hamilton(
    E: Energy,
    y: Tensor,
    eps: float | Tensor,
    leaps: int,
    steps: int,
    generator: torch.Generator | None,
) -> Iterator[Move]:
    for _ in range(steps):
        v = _normal(y, generator)
        new, turned = leapfrog(E, y, v, eps=eps, leaps=leaps)
        rise = E(new) - E(y) + (turned.square() - v.square()).sum(-1) / 2
        move = _test(y, new, rise, generator)
        y = move.y
        yield move


def tempered(
    E: Energy,
    y: Float[Tensor, "rungs chains d"],
    betas: Float[Tensor, " rungs"],
    *,
    h: float,
    rounds: int,
    generator: torch.Generator | None = None,
) -> Iterator[Move]:
    r"""A ladder of temperatures: each rung walks at its own, and neighbours may change places.

    Formula:
        A round is one step of Langevin's walk with the test on each rung a, for beta_a E and of the
        size h / sqrt(beta_a). Then each pair of neighbours a, b in turn swaps its walkers with
        probability min(1, exp((beta_a - beta_b)(E_a - E_b))).

    Args:
        E: the energy, before any coldness.
        y: where the walkers start; row a draws from exp(-beta_a E).
        betas: coldness of each rung.
        h: size of a step at coldness 1.
        rounds: how many there are.
        generator: of all draws.

    Yields:
        The walkers after each round, and on rung a whether those of a and a + 1 have changed
        places (never on the last).

    Raises:
        ValueError: if y has not one row a rung, h or a beta is not positive, or rounds is below 1.

    Source: Swendsen and Wang, Replica Monte Carlo simulation of spin-glasses, 1986

    Derived on: book/sampling/walk.md
    """
    if y.ndim != 3 or len(y) != len(betas):
        expected = f"({len(betas)}, chains, d)"
        raise ValueError(f"y must have shape {expected}. Got {tuple(y.shape)}.")
    check_positive("h", h)
    _check_size("betas", betas)
    check_count("rounds", rounds)
    return _tempered(E, y, betas, h, rounds, generator)


def _tempered(
    E: Energy,
    y: Tensor,
    betas: Tensor,
    h: float,
    rounds: int,
    generator: torch.Generator | None,
) -> Iterator[Move]:
    eps = (2 * h / betas.sqrt()).sqrt()[:, None, None]
    for _ in range(rounds):
        (walked,) = _hamilton(lambda y: betas[:, None] * E(y), y, eps, 1, 1, generator)
        y, energy = walked.y.clone(), E(walked.y)
        swapped = torch.zeros_like(walked.accepted)
        for a in range(len(betas) - 1):
            log_odds = (betas[a] - betas[a + 1]) * (energy[a] - energy[a + 1])
            ok = _uniform(log_odds, generator) < log_odds.exp()
            pair = torch.tensor([a, a + 1], device=y.device)
            y[pair] = torch.where(ok[:, None], y[pair.flip(0)], y[pair])
            energy[pair] = torch.where(ok, energy[pair.flip(0)], energy[pair])
            swapped[a] = ok
        yield Move(y, swapped)


def autocorrelation_time(path: Float[Tensor, "steps *batch"], *, window: float = 5.0) -> float:
    r"""After how many steps a walk has forgotten: n steps are worth n / tau independent draws.

    Formula:
        tau = 1 + 2 sum_{k=1}^M rho_k, with rho_k the correlation of values k steps apart, over all
        columns of the batch, and M the first with M >= window tau(M).

    Raises:
        ValueError: if there are fewer than two steps, a NaN, or none of them a window: the path is
            too short.

    Source: Sokal, Monte Carlo methods in statistical mechanics, 1997

    Derived on: book/sampling/walk.md
    """
    n = len(path)
    check_count("the number of steps", n, 2)
    check_no_nan("path", path)
    x = path.reshape(n, -1) - path.mean()
    spectrum = torch.fft.rfft(x, n=2 * n, dim=0).abs().square()
    products = torch.fft.irfft(spectrum, n=2 * n, dim=0)[:n].sum(1)
    rho = products / torch.arange(n, 0, -1, device=path.device)
    tau = 2 * (rho / rho[0]).cumsum(0) - 1
    wide = torch.arange(n, device=path.device) >= window * tau
    if not wide.any():
        raise ValueError(f"{n} steps are too few: no window of {window} times tau is in them.")
    return float(tau[wide.int().argmax()])


def _check_size(name: str, size: float | Tensor) -> None:
    for value in torch.as_tensor(size).reshape(-1).tolist():
        check_positive(name, value)


def _normal(y: Tensor, generator: torch.Generator | None) -> Tensor:
    return torch.randn(y.shape, generator=generator, dtype=y.dtype, device=y.device)


def _uniform(like: Tensor, generator: torch.Generator | None) -> Tensor:
    return torch.rand(like.shape, generator=generator, dtype=like.dtype, device=like.device)


def _test(y: Tensor, new: Tensor, rise: Tensor, generator: torch.Generator | None) -> Move:
    accepted = _uniform(rise, generator) < (-rise).exp()
    return Move(torch.where(accepted[..., None], new, y), accepted)
