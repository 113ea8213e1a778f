r"""Data of which the score is known at every level of noise: a mixture of round Gaussians."""

import math

import torch
from jaxtyping import Float
from torch import Tensor

from ebmlib.checks import check_last


def mixture_free_energy(
    y: Float[Tensor, "*batch dim"],
    sigma: float | Float[Tensor, ""],
    *,
    mu: Float[Tensor, "K dim"],
    weights: Float[Tensor, " K"],
    s: float,
) -> Float[Tensor, "*batch"]:
    r"""Free energy of a mixture of K round Gaussians that noise has blurred, in nats.

    Formula:
        F_sigma(y) = -log sum_k pi_k N(y; mu_k, (s^2 + sigma^2) I), with the normaliser, so that
        exp(-F_sigma) is the density of y + sigma eps.

    Args:
        y: where.
        sigma: the noise's standard deviation.
        mu: the K means.
        weights: the probability of each.
        s: standard deviation of each of the K before there is noise.

    Raises:
        ValueError: if the dimensions of y and mu differ, weights has not K entries, s is negative,
            or sigma and s are both 0.

    Derived on: book/sampling/diffusion.md
    """
    logits, v = _logits(y, sigma, mu, weights, s)
    return mu.shape[-1] / 2 * torch.log(2 * math.pi * v) - logits.logsumexp(-1)


def mixture_denoiser(
    y: Float[Tensor, "*batch dim"],
    sigma: float | Float[Tensor, ""],
    *,
    mu: Float[Tensor, "K dim"],
    weights: Float[Tensor, " K"],
    s: float,
) -> Float[Tensor, "*batch dim"]:
    r"""The best denoiser of a mixture of K round Gaussians, at every level of noise.

    Formula:
        D(y, sigma) = sum_k q_k (mu_k + s^2 / (s^2 + sigma^2) (y - mu_k)), with q_k the probability
        that y comes from k: the softargmin of |y - mu_k|^2 / (2 (s^2 + sigma^2)) - log pi_k. It is
        y - sigma^2 grad F_sigma(y). With s = 0 it is Bayes' denoiser of K points.

    Args, Raises: as `mixture_free_energy`

    Source: Vincent, A connection between score matching and denoising autoencoders, 2011.

    Derived on: book/sampling/diffusion.md
    """
    logits, v = _logits(y, sigma, mu, weights, s)
    kept = s**2 / v
    return kept * y + (1 - kept) * (logits.softmax(-1) @ mu)


def _logits(
    y: Tensor, sigma: float | Tensor, mu: Tensor, weights: Tensor, s: float
) -> tuple[Tensor, Tensor]:
    check_last("y", y, mu.shape[-1], f"(*batch, {mu.shape[-1]})")
    if weights.shape != mu.shape[:1]:
        raise ValueError(f"weights must have shape ({len(mu)},). Got {tuple(weights.shape)}.")
    if not s >= 0:
        raise ValueError(f"s must be >= 0. Got {s}.")
    v = s**2 + torch.as_tensor(sigma, dtype=y.dtype, device=y.device).square()
    if not bool((v > 0).all()):
        raise ValueError("s and sigma must not both be 0.")
    away = y.square().sum(-1, keepdim=True) - 2 * y @ mu.mT + mu.square().sum(-1)
    return weights.log() - away / (2 * v), v
