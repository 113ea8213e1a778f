r"""A mixture of Gaussians as an energy of a sample and the component that it came from.

E(y, k) = -log pi_k - log N(y; w_k, C_k), so that the free energy at coldness 1 is -log p(y), with
nothing left to normalise. Learning takes turns: shares from energies, weighted means from shares.
"""

import math
from collections.abc import Iterator
from typing import NamedTuple

import torch
from jaxtyping import Float
from torch import Tensor

from ebmlib.checks import check_count, check_no_nan


class Mixture(NamedTuple):
    """A mixture of K Gaussians, and what its mean free energy was on the way.

    Attributes:
        w: the means.
        C: the covariances.
        pi: the weights, which sum to 1.
        history: mean free energy of the samples before each turn, and after the last.
    """

    w: Float[Tensor, "*batch K dim"]
    C: Float[Tensor, "*batch K dim dim"]
    pi: Float[Tensor, "*batch K"]
    history: Float[Tensor, "turns_and_one *batch"]


def mixture_energies(
    y: Float[Tensor, "*batch n dim"],
    w: Float[Tensor, "*batch K dim"],
    C: Float[Tensor, "*batch K dim dim"],
    pi: Float[Tensor, "*batch K"],
    *,
    floor: float = 0.0,
) -> Float[Tensor, "*batch n K"]:
    r"""Energy of each sample with each component, in nats.

    Formula:
        E(y, k) = -log pi_k + (1/2) (y - w_k)^T C_k^-1 (y - w_k) + (1/2) log det(2 pi C_k)
        + (floor / 2) tr C_k^-1. The last term is what a blur of variance `floor` about each
        sample adds on average.

    Raises:
        ValueError: if a shape does not fit, or floor is negative.
        torch.linalg.LinAlgError: if a covariance is not positive definite.

    Derived on: book/codes/mixture.md
    """
    _check(y, w, C, pi, floor)
    L = torch.linalg.cholesky(C)
    eye = torch.eye(y.shape[-1], dtype=L.dtype, device=L.device).expand_as(L)
    inverse = torch.linalg.solve_triangular(L, eye, upper=False)
    squared = torch.stack([
        (whiten @ away).square().sum(-2)
        for whiten, away in zip(inverse.unbind(-3), _away(y, w), strict=True)
    ], -1)  # fmt: skip
    height: Tensor = L.diagonal(dim1=-2, dim2=-1).log().sum(-1) - pi.log()
    height = height + y.shape[-1] / 2 * math.log(2 * math.pi)
    if floor:
        height = height + floor / 2 * inverse.square().sum((-1, -2))
    return squared / 2 + height[..., None, :]


def mixture_free_energy(
    y: Float[Tensor, "*batch n dim"],
    w: Float[Tensor, "*batch K dim"],
    C: Float[Tensor, "*batch K dim dim"],
    pi: Float[Tensor, "*batch K"],
) -> Float[Tensor, "*batch n"]:
    r"""Minus the log density of a mixture, in nats.

    Formula:
        F(y) = -log sum_k e^{-E(y, k)}: a sum, since the weights are in the energies.

    Raises:
        ValueError: as `mixture_energies`.
        torch.linalg.LinAlgError: as there.

    Derived on: book/codes/mixture.md
    """
    return -(-mixture_energies(y, w, C, pi)).logsumexp(-1)


def weighted_means(
    y: Float[Tensor, "*batch n dim"], q: Float[Tensor, "*batch n K"], *, floor: float = 0.0
) -> tuple[
    Float[Tensor, "*batch K dim"], Float[Tensor, "*batch K dim dim"], Float[Tensor, "*batch K"]
]:
    r"""The mixture of lowest mean energy for given shares: the second half of a turn.

    Formula:
        n_k = sum_b q_bk, w_k = sum_b q_bk y_b / n_k, pi_k = n_k / n,
        C_k = sum_b q_bk (y_b - w_k) (y_b - w_k)^T / n_k + floor I.

    Args:
        y: the samples.
        q: the share that each component has in each sample.
        floor: variance of the blur about each sample.

    Returns:
        w, C and pi.

    Raises:
        ValueError: if y and q differ in their number of samples, or floor is negative.

    Derived on: book/codes/mixture.md
    """
    if y.ndim < 2 or q.ndim < 2 or y.shape[:-1] != q.shape[:-1]:
        raise ValueError(
            "y must have shape (*batch, n, dim) and q (*batch, n, K). "
            f"Got {tuple(y.shape)} and {tuple(q.shape)}."
        )
    _check_floor(floor)
    n: Tensor = q.sum(-2)
    w = q.mT @ y / n[..., None]
    shares = q.mT.contiguous().unbind(-2)
    C = torch.stack([
        (share[..., None, :] * away) @ away.mT
        for share, away in zip(shares, _away(y, w), strict=True)
    ], -3) / n[..., None, None]  # fmt: skip
    eye = torch.eye(y.shape[-1], dtype=y.dtype, device=y.device)
    return w, C + floor * eye, n / y.shape[-2]


def em(
    y: Float[Tensor, "*batch n dim"],
    w: Float[Tensor, "*batch K dim"],
    C: Float[Tensor, "*batch K dim dim"],
    pi: Float[Tensor, "*batch K"],
    *,
    turns: int = 60,
    floor: float = 0.0,
) -> Mixture:
    r"""Fit a mixture by turns (expectation maximisation): shares, then weighted means.

    Formula:
        q_bk = e^{-E(y_b, k)} / sum_l e^{-E(y_b, l)}, then `weighted_means`. Neither half raises
        F(q, theta) = mean_b sum_k q_bk (E(y_b, k) + log q_bk).
        The history holds the mean of -log sum_k e^{-E(y_b, k)}, with the floor's term in E.

    Args:
        y: the samples; a leading batch fits several mixtures side by side.
        w: means of the start.
        C: covariances of the start.
        pi: weights of the start.
        turns: how many there are.
        floor: variance of the blur about each sample; it keeps components from collapsing.

    Raises:
        ValueError: if a shape does not fit, y holds a NaN, turns < 1, or floor is negative.
        torch.linalg.LinAlgError: if a component collapses onto fewer samples than it needs.

    Source: Dempster, Laird and Rubin, Maximum likelihood from incomplete data via the EM
        algorithm, 1977

    Derived on: book/codes/mixture.md
    """
    check_count("turns", turns)
    check_no_nan("y", y)
    history = []
    for _ in range(turns):
        E = mixture_energies(y, w, C, pi, floor=floor)
        history.append(-(-E).logsumexp(-1).mean(-1))
        w, C, pi = weighted_means(y, (-E).softmax(-1), floor=floor)
    last = -(-mixture_energies(y, w, C, pi, floor=floor)).logsumexp(-1).mean(-1)
    return Mixture(w, C, pi, torch.stack([*history, last]))


def _away(y: Tensor, w: Tensor) -> Iterator[Tensor]:
    """y - w_k of each component in turn, of shape (*batch, dim, n).

    One component's stay near the processor where those of all would not, and samples lie side by
    side in memory: sums and products run along them.
    """
    y = y.mT.contiguous()
    return (y - w_k[..., None] for w_k in w.unbind(-2))


def _check_floor(floor: float) -> None:
    if not floor >= 0:
        raise ValueError(f"floor must be >= 0. Got {floor}.")


def _check(y: Tensor, w: Tensor, C: Tensor, pi: Tensor, floor: float) -> None:
    _check_floor(floor)
    dim, K = w.shape[-1:], w.shape[-2:-1]
    fits = w.ndim >= 2 and y.ndim >= 2 and y.shape[-1:] == dim
    if not (fits and C.shape[-3:] == (*K, *dim, *dim) and pi.shape[-1:] == K):
        raise ValueError(
            "y, w, C and pi must have shapes (*batch, n, dim), (*batch, K, dim), "
            "(*batch, K, dim, dim) and (*batch, K). "
            f"Got {', '.join(str(tuple(one.shape)) for one in (y, w, C, pi))}."
        )
