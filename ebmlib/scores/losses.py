r"""Losses that shape an energy and never ask for its partition function.

Three look at slopes (`score_matching`, `sliced`, `denoising_score`), two compare with points that
somebody else has made (`noise_contrastive`, `info_nce`), and three with the neighbours of a state
of units of -1 and 1 (`pseudo_likelihood`, `ratio_matching`, `probability_flow`).
"""

import math
from collections.abc import Callable

import torch
from jaxtyping import Float
from torch import Tensor
from torch.nn.functional import softplus

from ebmlib.checks import check_last, check_ndim, check_positive

Energy = Callable[[Tensor], Tensor]


def score_matching(E: Energy, y: Float[Tensor, "batch d"]) -> Float[Tensor, ""]:
    r"""Explicit score matching: low slopes and high curvature at the data.

    Formula:
        L = mean of |grad E(y)|^2 / 2 - tr hess E(y), which is the Fisher divergence
        (1/2) E |grad E - grad E_data|^2 less a number that no model changes.

    Args:
        E: energies (batch,) of points (batch, d), twice differentiable.
        y: the data.

    Raises:
        ValueError: if y is not (batch, d), or E(y) not (batch,).

    Source: Hyvarinen, Estimation of non-normalized statistical models by score matching, 2005

    Derived on: book/sampling/partition.md
    """
    y, g = _slope(E, y)
    curvature = [
        torch.autograd.grad(g[:, i].sum(), y, create_graph=True)[0][:, i] for i in range(y.shape[1])
    ]
    return (g.square().sum(-1) / 2 - torch.stack(curvature).sum(0)).mean()


def sliced(
    E: Energy, y: Float[Tensor, "batch d"], v: Float[Tensor, "batch d"]
) -> Float[Tensor, ""]:
    r"""Score matching along one direction a point, with one more backward pass whatever d is.

    Formula:
        L = mean of (v . grad E(y))^2 / 2 - v^T hess E(y) v. For directions of mean zero and
        covariance I its mean is that of `score_matching`.

    Args:
        E: as score_matching.
        y: as score_matching.
        v: directions, one a point.

    Raises:
        ValueError: as score_matching, and if v has not the shape of y.

    Source: Song, Garg, Shi and Ermon, Sliced score matching, 2019

    Derived on: book/sampling/partition.md
    """
    _check_like("v", v, y)
    y, g = _slope(E, y)
    along = (v * g).sum(-1)
    (bend,) = torch.autograd.grad(along.sum(), y, create_graph=True)
    return (along.square() / 2 - (v * bend).sum(-1)).mean()


def denoising_score(
    E: Energy, y: Float[Tensor, "batch d"], eps: Float[Tensor, "batch d"], sigma: float
) -> Float[Tensor, ""]:
    r"""Score matching for the blurred data: the score of a spoiled point is its way back.

    Formula:
        L = mean of |grad E(y + sigma eps) - eps / sigma|^2 / 2, eps ~ N(0, I): no second
        derivative, and the energy of the data blurred by sigma.

    Args:
        E: as score_matching, differentiable once.
        y: as score_matching.
        eps: the noise.
        sigma: how strong it is.

    Raises:
        ValueError: as score_matching, and if eps has not the shape of y or sigma is not positive.

    Source: Vincent, A connection between score matching and denoising autoencoders, 2011

    Derived on: book/sampling/partition.md
    """
    _check_like("eps", eps, y)
    check_positive("sigma", sigma)
    _, g = _slope(E, y + sigma * eps)
    return (g - eps / sigma).square().sum(-1).mean() / 2


def noise_contrastive(
    F: Float[Tensor, " batch"],
    F_hat: Float[Tensor, " noises"],
    log_noise: Float[Tensor, " batch"],
    log_noise_hat: Float[Tensor, " noises"],
    c: Float[Tensor, ""] | float = 0.0,
) -> Float[Tensor, ""]:
    r"""Tell data from noise, with log Z as one more parameter.

    Formula:
        With nu = noises / batch and a(y) = -E(y) - c - log p_noise(y) - log nu,
        L = mean over data of softplus(-a) + nu times mean over noise of softplus(a).
        Its optimum is exp(-E - c) = p_data.

    Args:
        F: energies of the data, pulled down.
        F_hat: energies of the noise, pushed up.
        log_noise: log-density of the noise at the data.
        log_noise_hat: the same at the noise.
        c: what stands for log Z.

    Raises:
        ValueError: if a log-density has not the shape of its energies.

    Source: Gutmann and Hyvarinen, Noise-contrastive estimation, 2010

    Derived on: book/sampling/partition.md
    """
    _check_like("log_noise", log_noise, F)
    _check_like("log_noise_hat", log_noise_hat, F_hat)
    nu = F_hat.numel() / F.numel()
    real = -F - c - log_noise - math.log(nu)
    made = -F_hat - c - log_noise_hat - math.log(nu)
    return softplus(-real).mean() + nu * softplus(made).mean()


def info_nce(s: Float[Tensor, "*batch N N"]) -> Float[Tensor, "*batch"]:
    r"""Pick the partner of each row among N, by its score.

    Formula:
        L = -mean_i log softargmax_j(s_ij) at j = i. The bound log N - L on the information
        between the partners is never above log N.

    Args:
        s: scores, one row an x and one column a y; partners stand on the diagonal.

    Raises:
        ValueError: if s is not (..., N, N).

    Source: van den Oord, Li and Vinyals, Representation learning with contrastive predictive
        coding, 2018

    Derived on: book/sampling/partition.md
    """
    if s.ndim < 2 or s.shape[-1] != s.shape[-2]:
        raise ValueError(f"s must have shape (..., N, N). Got {tuple(s.shape)}.")
    return (s.logsumexp(-1) - s.diagonal(dim1=-2, dim2=-1)).mean(-1)


def pseudo_likelihood(gaps: Float[Tensor, "*batch D"]) -> Float[Tensor, ""]:
    r"""Guess each unit from all others.

    Formula:
        L = mean over states of sum_i softplus(-d_i), with d_i = E(unit i flipped) - E(y):
        softplus(-d) is minus the log-probability of the unit as it is, given the others.

    Args:
        gaps: of each state, how much flipping each of its units would cost.

    Raises:
        ValueError: if gaps is a single number.

    Source: Besag, Statistical analysis of non-lattice data, 1975

    Derived on: book/sampling/boltzmann.md
    """
    return _sum(softplus(-_of_units(gaps)))


def ratio_matching(gaps: Float[Tensor, "*batch D"]) -> Float[Tensor, ""]:
    r"""Guess each unit from all others, and pay in squares.

    Formula:
        L = mean over states of sum_i sigmoid(-d_i)^2.

    Args, Raises: as `pseudo_likelihood`.

    Source: Hyvarinen, Some extensions of score matching, 2007

    Derived on: book/sampling/boltzmann.md
    """
    return _sum(torch.sigmoid(-_of_units(gaps)).square())


def probability_flow(gaps: Float[Tensor, "*batch D"]) -> Float[Tensor, ""]:
    r"""Let as little probability as can be flow from the data to their neighbours.

    Formula:
        L = mean over states of sum_i exp(-d_i / 2).

    Args, Raises: as `pseudo_likelihood`.

    Source: Sohl-Dickstein, Battaglino and DeWeese, Minimum probability flow learning, 2011

    Derived on: book/sampling/boltzmann.md
    """
    return _sum(torch.exp(-_of_units(gaps) / 2))


def _sum(each: Tensor) -> Tensor:
    return each.sum(-1).mean()


def _of_units(gaps: Tensor) -> Tensor:
    if gaps.ndim == 0:
        raise ValueError("gaps must have shape (..., D). Got ().")
    return gaps


def _check_like(name: str, one: Tensor, other: Tensor) -> None:
    if one.shape != other.shape:
        raise ValueError(f"{name} must have shape {tuple(other.shape)}. Got {tuple(one.shape)}.")


def _slope(E: Energy, y: Tensor) -> tuple[Tensor, Tensor]:
    """The points, where gradients begin, and the energy's slope there."""
    check_ndim("y", y, 2, "(batch, d)")
    if not y.requires_grad:
        y = y.detach().requires_grad_()
    e = E(y)
    check_ndim("E(y)", e, 1, "(batch,)")
    check_last("E(y)", e, len(y), "(batch,)")
    (g,) = torch.autograd.grad(e.sum(), y, create_graph=True)
    return y, g
