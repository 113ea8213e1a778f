r"""K-means as an energy model whose latent variable is one-hot.

E(y, z) = |y - W z|^2 with z one of the K one-hot vectors: the columns of W, of shape (dim, K),
are the centroids. Minimising over z assigns, minimising over W averages.
"""

import math
from typing import NamedTuple

import torch
from jaxtyping import Float, Int
from torch import Tensor

from ebmlib.checks import check_count, check_ndim, check_no_nan
from ebmlib.soft import softargmin, softmin


def one_hot_energies(
    y: Float[Tensor, "*batch dim"], W: Float[Tensor, "dim K"]
) -> Float[Tensor, "*batch K"]:
    r"""Energy of each sample with each of the K one-hot latents.

    Formula:
        e_k = |y - w_k|^2, with w_k the column k of W; computed as |y|^2 - 2 y.w_k + |w_k|^2 with
        the columns' mean moved to the origin, so that little is lost to rounding.

    Raises:
        ValueError: if y and W differ in dim.

    Derived on: book/generative/kmeans.md
    """
    _check(y, W)
    centre = W.mean(-1)
    y, W = y - centre, W - centre[:, None]
    squares = y.square().sum(-1, keepdim=True) + W.square().sum(0)
    return (squares - 2 * (y @ W)).clamp(min=0)


def _check(y: Tensor, W: Tensor) -> None:
    check_ndim("W", W, 2, "(dim, K)")
    if y.ndim == 0 or y.shape[-1] != W.shape[0]:
        raise ValueError(
            f"y must have shape (*batch, {W.shape[0]}), as W has {W.shape[0]} rows. "
            f"Got {tuple(y.shape)}."
        )


def free_energy(
    y: Float[Tensor, "*batch dim"], W: Float[Tensor, "dim K"], beta: float = math.inf
) -> Float[Tensor, "*batch"]:
    r"""Free energy of K-means at coldness beta.

    Formula:
        F_beta(y) = softmin_beta over k of |y - w_k|^2; for beta = inf the squared distance to
        the nearest centroid. Up to the factor beta and a constant it is minus the log density of
        a mixture of K equal Gaussians of variance 1/(2 beta):
        -log p(y) = beta F_beta(y) + (dim/2) log(pi/beta).

    Raises:
        ValueError: if y and W differ in dim, or beta is negative or NaN.

    Derived on: book/generative/kmeans.md
    """
    return softmin(one_hot_energies(y, W), beta)


class KMeans(NamedTuple):
    """Where Lloyd's algorithm ended."""

    W: Float[Tensor, "dim K"]
    """Centroids, one a column."""
    k: Int[Tensor, " n"]
    """The centroid of each sample: z-check is its one-hot vector."""
    inertia: Float[Tensor, ""]
    """Sum of F_inf over the samples, for these centroids."""
    history: Float[Tensor, " iterations"]
    """The inertia before each update of the centroids."""


def plus_plus(
    y: Float[Tensor, "n dim"], K: int, *, generator: torch.Generator | None = None
) -> Float[Tensor, "dim {K}"]:
    r"""Starting centroids: samples, each drawn in proportion to its energy under those before.

    Formula:
        P(sample b is next) = F_inf(y_b) / sum F_inf; of 2 + floor(log K) such draws the one is
        kept that leaves the lowest inertia.

    Raises:
        ValueError: if K is < 1 or larger than the number of samples, or y holds a NaN.

    Source: Arthur and Vassilvitskii, k-means++: the advantages of careful seeding, 2007 (the
        greedy variant of their section 6).

    Derived on: book/generative/kmeans.md
    """
    check_ndim("y", y, 2, "(n, dim)")
    check_count("K", K)
    n = len(y)
    if n < K:
        raise ValueError(f"K must be at most the number of samples, {n}. Got {K}.")
    check_no_nan("y", y)
    trials = 2 + int(math.log(K))
    centred = y - y.mean(0)
    squares = centred.square().sum(-1)
    first = torch.randint(n, (1,), generator=generator, device=y.device)
    F = _distances(centred, squares, first)[0]
    chosen = [first]
    for _ in range(K - 1):
        # All samples may be chosen already (duplicates): any is then as good.
        weights = F if bool(F.sum() > 0) else torch.ones_like(F)
        u = weights.sum() * torch.rand(trials, generator=generator, dtype=F.dtype, device=F.device)
        rows = torch.searchsorted(weights.cumsum(0), u).clamp(max=n - 1)
        lower = torch.minimum(F, _distances(centred, squares, rows))
        best = lower.sum(1).argmin(keepdim=True)
        F = lower[best[0]]
        chosen.append(rows[best])
    return y[torch.cat(chosen)].mT


def _distances(y: Tensor, squares: Tensor, rows: Tensor) -> Tensor:
    """Energy of every sample, a column, under each of some samples, a row."""
    return torch.addmm(squares[rows, None] + squares, y[rows], y.mT, alpha=-2).clamp(min=0)


def lloyd(y: Float[Tensor, "n dim"], W: Float[Tensor, "dim K"], *, steps: int = 300) -> KMeans:
    r"""Minimise the inertia by turns: over the latents, then over the centroids.

    Formula:
        k_b = argmin_k |y_b - w_k|^2; w_k = the mean of the y_b with k_b = k; until no
        assignment changes. A centroid without samples moves to the sample of highest energy.

    Args:
        y: samples.
        W: starting centroids.
        steps: the most updates.

    Raises:
        ValueError: if a shape does not fit, y or W holds a NaN, there are no centroids or more
            of them than samples, or steps < 1.

    Source: Lloyd, Least squares quantization in PCM, 1982.

    Derived on: book/generative/kmeans.md
    """
    check_ndim("y", y, 2, "(n, dim)")
    _check(y, W)
    check_no_nan("y", y)
    check_no_nan("W", W)
    if not 1 <= W.shape[1] <= len(y):
        raise ValueError(f"W must hold 1 to {len(y)} centroids, one a column. Got {W.shape[1]}.")
    check_count("steps", steps)
    # With the mean at the origin |y|^2 + |w|^2 - 2 y.w loses little; |y|^2 is the same each time.
    centre = y.mean(0)
    y, W = y - centre, W - centre[:, None]
    squares = y.square().sum(-1)
    history = []
    F, Z = _assign(y, W, squares)
    for _ in range(steps):
        history.append(F.sum())
        before, W = W, _means(y, Z, F)
        if torch.equal(W, before):  # so no assignment has changed
            break
        F, Z = _assign(y, W, squares)
    k = torch.arange(len(Z), dtype=Z.dtype, device=Z.device) @ Z
    return KMeans(W + centre[:, None], k.long(), F.sum(), torch.stack(history))


def _assign(y: Tensor, W: Tensor, squares: Tensor) -> tuple[Tensor, Tensor]:
    """Lowest energy of each sample, and its one-hot code, a COLUMN of Z.

    With the centroids as rows a minimum over them runs along the samples, which is fast.
    """
    e = torch.addmm(W.square().sum(0)[:, None], W.mT, y.mT, alpha=-2)
    lowest = e.amin(0)
    Z = e.sub_(lowest).sign_().neg_().add_(1)  # 1 where it is the lowest, 0 elsewhere
    if int(Z.sum()) != len(y):  # a tie: one of them has it
        Z = torch.zeros_like(Z).scatter_(0, Z.argmax(0, keepdim=True), 1)
    return (lowest + squares).clamp(min=0), Z


def _means(y: Tensor, Z: Tensor, F: Tensor) -> Tensor:
    """Mean of the samples of each centroid."""
    count = Z.sum(1, keepdim=True)
    means = Z @ y / count.clamp(min=1)
    empty = (count == 0).nonzero()[:, 0]
    if len(empty):
        means[empty] = y[F.topk(len(empty)).indices]
    return means.mT


def kmeans(
    y: Float[Tensor, "n dim"],
    K: int,
    *,
    restarts: int = 10,
    steps: int = 300,
    generator: torch.Generator | None = None,
) -> KMeans:
    """The lowest of several runs of `lloyd`, each from its own `plus_plus` start.

    Raises:
        ValueError: as `plus_plus` and `lloyd`, or if restarts < 1.

    Derived on: book/generative/kmeans.md
    """
    check_count("restarts", restarts)
    runs = (lloyd(y, plus_plus(y, K, generator=generator), steps=steps) for _ in range(restarts))
    return min(runs, key=lambda run: float(run.inertia))


def soft_kmeans(
    y: Float[Tensor, "n dim"], W: Float[Tensor, "dim K"], beta: float, *, steps: int = 300
) -> Float[Tensor, "dim K"]:
    r"""Descend the mean free energy at coldness beta: every sample pulls every centroid.

    Formula:
        r = softargmin_beta(e), w_k = sum_b r_bk y_b / sum_b r_bk; for beta = inf it is Lloyd's,
        but that a centroid which no sample pulls stays where it is.
        These are the steps of expectation maximisation for a mixture of K equal Gaussians of
        variance 1/(2 beta). For beta < 1/(2 lambda_max), with lambda_max the largest eigenvalue
        of the samples' covariance, centroids that are near the mean meet in it.

    Raises:
        ValueError: if a shape does not fit, steps < 1, or beta is negative or NaN.

    Source: Rose, Gurewitz, Fox, Statistical mechanics and phase transitions in clustering, 1990.

    Derived on: book/generative/kmeans.md
    """
    check_ndim("y", y, 2, "(n, dim)")
    check_count("steps", steps)
    for _ in range(steps):
        r = softargmin(one_hot_energies(y, W), beta)
        share = r.sum(0)
        pulled = (r.mT @ y).mT / share.clamp(min=torch.finfo(r.dtype).tiny)
        W = torch.where(share > 0, pulled, W)
    return W
