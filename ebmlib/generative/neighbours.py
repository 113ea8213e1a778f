r"""t-SNE: a map in which near samples stay near, as maximum likelihood over all pairs."""

from typing import NamedTuple

import torch
from jaxtyping import Float
from torch import Tensor

from ebmlib.checks import check_count, check_positive

_BISECTIONS = 60
_SMALLEST_GAIN = 0.01


class Map(NamedTuple):
    """A map, and how it came about."""

    y: Float[Tensor, "*batch n d"]
    """Where each sample stands."""
    loss: Float[Tensor, "steps *batch"]
    """The loss before each step, with nothing exaggerated."""


def squared_distances(x: Float[Tensor, "*batch n dim"]) -> Float[Tensor, "*batch n n"]:
    r"""Squared distance of each sample to each.

    Formula:
        D_ij = |x_i - x_j|^2, exactly 0 where i = j.

    Raises:
        ValueError: if x is not (*batch, n, dim).

    Derived on: book/codes/neighbours.md
    """
    if x.ndim < 2:
        raise ValueError(f"x must have shape (*batch, n, dim). Got {tuple(x.shape)}.")
    return _nearly_squared_distances(x) * _others(x)


def perplexity(p: Float[Tensor, "*batch n"]) -> Float[Tensor, "*batch"]:
    r"""How many neighbours a distribution amounts to: K for a uniform one over K.

    Formula:
        exp(-sum_j p_j log p_j).

    Derived on: book/codes/neighbours.md
    """
    entropy: Tensor = torch.special.entr(p).sum(-1)
    return entropy.exp()


def neighbour_weights(
    D: Float[Tensor, "*batch n n"], k: float
) -> tuple[Float[Tensor, "*batch n n"], Float[Tensor, "*batch n"]]:
    r"""Each sample's weights on the others at the coldness that gives perplexity k.

    Formula:
        p_j|i = softargmin_beta_i over j != i of D_ij; beta_i by bisection of its logarithm.

    Returns:
        the weights, row i those of sample i, and the coldnesses.

    Raises:
        ValueError: if D is not square, or k is not between 1 and n - 1.

    Source: van der Maaten and Hinton, Visualizing data using t-SNE, 2008.

    Derived on: book/codes/neighbours.md
    """
    if D.ndim < 2 or D.shape[-1] != D.shape[-2]:
        raise ValueError(f"D must have shape (*batch, n, n). Got {tuple(D.shape)}.")
    n = D.shape[-1]
    if not 1 < k < n - 1:
        raise ValueError(f"k must be above 1 and below {n - 1}, the number of others. Got {k}.")
    alone = torch.eye(n, dtype=torch.bool, device=D.device)
    D = D.masked_fill(alone, torch.inf)
    D = D - D.amin(-1, keepdim=True)  # the weights stay the same, and exp(-0) = 1 is among them
    middle = D.masked_fill(alone, 0).sum(-1) / (n - 1)
    low = -middle.clamp(min=torch.finfo(D.dtype).tiny).log() - 20
    high = low + 40
    for _ in range(_BISECTIONS):
        beta = ((low + high) / 2).exp()
        many = perplexity(torch.softmax(-beta[..., None] * D, -1)) > k
        low, high = (
            torch.where(many, (low + high) / 2, low),
            torch.where(many, high, (low + high) / 2),
        )
    return torch.softmax(-beta[..., None] * D, -1), beta


def perplexity_weights(D: Float[Tensor, "*batch n n"], k: float) -> Float[Tensor, "*batch n n"]:
    r"""One distribution over all ordered pairs: how much each pair belongs together.

    Formula:
        P_ij = (p_j|i + p_i|j) / (2 n).

    Raises:
        ValueError: as `neighbour_weights`.

    Source: van der Maaten and Hinton, Visualizing data using t-SNE, 2008.

    Derived on: book/codes/neighbours.md
    """
    p, _ = neighbour_weights(D, k)
    return (p + p.mT) / (2 * D.shape[-1])


def pair_energies(y: Float[Tensor, "*batch n d"]) -> Float[Tensor, "*batch n n"]:
    r"""Energy of each pair of the map; a pair of one sample with itself is excluded.

    Formula:
        E_ij = log(1 + |y_i - y_j|^2), and infinite where i = j.

    Raises:
        ValueError: as `squared_distances`.

    Derived on: book/codes/neighbours.md
    """
    E = torch.log1p(squared_distances(y))
    return E.masked_fill(torch.eye(E.shape[-1], dtype=torch.bool, device=E.device), torch.inf)


def tsne_loss(
    P: Float[Tensor, "*batch n n"], y: Float[Tensor, "*batch n d"]
) -> Float[Tensor, "*batch"]:
    r"""Negative log-likelihood of the pairs under the map.

    Formula:
        sum_ij P_ij E_ij + log Z, Z = sum_{i != j} exp(-E_ij). It is KL(P, Q) plus the entropy
        of P, with Q = exp(-E) / Z.

    Raises:
        ValueError: if P is not (*batch, n, n) for the map's n.

    Source: van der Maaten and Hinton, Visualizing data using t-SNE, 2008.

    Derived on: book/codes/neighbours.md
    """
    _check(P, y)
    E = pair_energies(y)
    pull = (P * E.masked_fill(E.isinf(), 0)).sum((-2, -1))
    return pull + torch.logsumexp(-E.flatten(-2), -1)


def tsne_forces(
    P: Float[Tensor, "*batch n n"], y: Float[Tensor, "*batch n d"]
) -> tuple[Float[Tensor, "*batch n d"], Float[Tensor, "*batch n d"]]:
    r"""The pull of the neighbours, and the push of log Z, on each sample of the map.

    Formula:
        pull_i = 4 sum_j P_ij (y_j - y_i) / (1 + |y_i - y_j|^2), push_i the same with -Q_ij in
        place of P_ij. Their sum is minus the gradient of `tsne_loss`.

    Raises:
        ValueError: as `tsne_loss`.

    Source: van der Maaten and Hinton, Visualizing data using t-SNE, 2008.

    Derived on: book/codes/neighbours.md
    """
    _check(P, y)
    near = torch.exp(-pair_energies(y))
    Q = near / near.sum((-2, -1), keepdim=True)
    return _along(P * near, y), -_along(Q * near, y)


def tsne(
    P: Float[Tensor, "*batch n n"],
    y: Float[Tensor, "*batch n d"],
    *,
    steps: int = 500,
    rate: float = 50.0,
    exaggeration: float = 12.0,
    early: int = 125,
) -> Map:
    r"""Descend on `tsne_loss`, with a stronger pull in the early steps.

    Formula:
        v <- m v + rate gain (a pull + push), y <- y + v, then y is centred. a is the
        exaggeration for the early steps and 1 later, m is 0.5 early and 0.8 later; an entry's
        gain grows by 0.2 where v already goes along the force, and else shrinks by the factor
        0.8, down to 0.01.

    Raises:
        ValueError: as `tsne_loss`, if steps < 1, or if rate or exaggeration is not positive.

    Source: van der Maaten and Hinton, Visualizing data using t-SNE, 2008; the gains are those of
        Jacobs, Increased rates of convergence through learning rate adaptation, 1988.

    Derived on: book/codes/neighbours.md
    """
    _check(P, y)
    check_count("steps", steps)
    check_positive("rate", rate)
    check_positive("exaggeration", exaggeration)
    v, gain, history = torch.zeros_like(y), torch.ones_like(y), []
    others = _others(y)
    for step in range(steps):
        D = _nearly_squared_distances(y)
        near = others / (1 + D)  # exp(-E), without a logarithm on the way
        Z = near.sum((-2, -1), keepdim=True)
        history.append((P * D.log1p()).sum((-2, -1)) + Z.log()[..., 0, 0])
        a, m = (exaggeration, 0.5) if step < early else (1.0, 0.8)
        force = _along((a * P - near / Z) * near, y)
        gain = torch.where(v * force > 0, gain + 0.2, gain * 0.8).clamp(min=_SMALLEST_GAIN)
        v = m * v + rate * gain * force
        y = y + v
        y = y - y.mean(-2, keepdim=True)
    return Map(y, torch.stack(history))


def _nearly_squared_distances(x: Tensor) -> Tensor:
    """The same but for rounding where i = j."""
    length = x.square().sum(-1)
    return (length[..., None] + length[..., None, :] - 2 * x @ x.mT).clamp(min=0)


def _others(x: Tensor) -> Tensor:
    """0 where i = j, else 1."""
    return 1 - torch.eye(x.shape[-2], dtype=x.dtype, device=x.device)


def _along(w: Tensor, y: Tensor) -> Tensor:
    """4 sum_j w_ij (y_j - y_i), without an array of all differences."""
    return 4 * (w @ y - w.sum(-1, keepdim=True) * y)


def _check(P: Tensor, y: Tensor) -> None:
    check = (*y.shape[:-1], y.shape[-2]) if y.ndim > 1 else ("*batch", "n", "n")
    if tuple(P.shape) != check:
        raise ValueError(f"P must have shape {check} for y {tuple(y.shape)}. Got {tuple(P.shape)}.")
