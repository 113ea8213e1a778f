"""Where training starts: random weights, and what depth does to the signal and the gradient."""

import math
from collections.abc import Callable
from typing import NamedTuple

import torch
from jaxtyping import Float
from torch import Tensor

from ebmlib.backprop.linear import Linear
from ebmlib.backprop.module import Module
from ebmlib.checks import check_count, check_positive

__all__ = ["Moments", "gaussian_mean", "he", "measured", "predicted", "torch_default", "xavier"]

Weights = Float[Tensor, "out in"]
Function = Callable[[Tensor], Tensor]


def _normal(
    rows: int, columns: int, generator: torch.Generator, dtype: torch.dtype | None
) -> Weights:
    check_count("rows", rows)
    check_count("columns", columns)
    return torch.randn(rows, columns, generator=generator, dtype=dtype, device=generator.device)


def xavier(
    rows: int, columns: int, *, generator: torch.Generator, dtype: torch.dtype | None = None
) -> Weights:
    """Draw W so that neither the signal nor the gradient grows where the activation has slope 1.

    Formula:
        W_ij ~ N(0, 2 / (rows + columns)): between 1 / columns, which keeps the signal, and
        1 / rows, which keeps the gradient.
    Raises:
        ValueError: if rows or columns is < 1.
    Source:
        Glorot and Bengio (2010), who draw uniformly with this variance; n_j = columns,
        n_(j+1) = rows.
    Derived on: book/backprop/start.md
    """
    W = _normal(rows, columns, generator, dtype)
    return math.sqrt(2 / (rows + columns)) * W


def he(
    rows: int, columns: int, *, generator: torch.Generator, dtype: torch.dtype | None = None
) -> Weights:
    """Draw W so that the second moment of the signal is kept through ReLUs.

    Formula:
        W_ij ~ N(0, 2 / columns): the 2 makes up for the half that a ReLU removes.
    Raises:
        ValueError: if rows or columns is < 1.
    Source:
        He, Zhang, Ren and Sun (2015); n_l = columns.
    Derived on: book/backprop/start.md
    """
    W = _normal(rows, columns, generator, dtype)
    return math.sqrt(2 / columns) * W


def torch_default(
    rows: int, columns: int, *, generator: torch.Generator, dtype: torch.dtype | None = None
) -> Weights:
    """Draw W as torch's `Linear` does.

    Formula:
        W_ij ~ U(-1 / sqrt(columns), 1 / sqrt(columns)): variance 1 / (3 columns).
    Raises:
        ValueError: if rows or columns is < 1.
    Source:
        torch's `Linear.reset_parameters`, which draws b by the same law; LeCun et al. (1998)
        for the law, up to the 3.
    Derived on: book/backprop/start.md
    """
    check_count("rows", rows)
    check_count("columns", columns)
    u = torch.rand(rows, columns, generator=generator, dtype=dtype, device=generator.device)
    return (2 * u - 1) / math.sqrt(columns)


class Moments(NamedTuple):
    """Mean squares, layer by layer, of what flows through a net."""

    q: Float[Tensor, " depth"]
    """Of the linear outputs s_1, ..., s_depth, going forward."""
    d: Float[Tensor, " depth"]
    """Of the gradients with respect to s_1, ..., s_depth, coming back."""


def gaussian_mean(f: Function, q: float) -> float:
    """Return the mean of f(s) for a normal s of mean 0 and variance q.

    Formula:
        E[f(sqrt(q) g)], g ~ N(0, 1), by the trapezoid rule on 4000 points of [-10, 10]: exact to
        rounding for a smooth f. An even number keeps 0, where ReLU bends, between two points.
    Raises:
        ValueError: if q is not finite and > 0.
    Derived on: book/backprop/start.md
    """
    check_positive("q", q)
    g = torch.linspace(-10, 10, 4000, dtype=torch.float64)
    weights = torch.exp(-(g**2) / 2)
    return float((weights * f(math.sqrt(q) * g)).sum() / weights.sum())


def predicted(
    phi: Function, slope: Function, gain: float, *, depth: int, q: float = 1.0
) -> Moments:
    """Predict the second moments in very wide nets h = phi(s), s = W h, W_ij ~ N(0, gain / n).

    Formula:
        q_(l+1) = gain E[phi(sqrt(q_l) g)^2] and d_l = gain E[slope(sqrt(q_l) g)^2] d_(l+1),
        with d_depth = E[slope(sqrt(q_depth) g)^2], for a last gradient of second moment 1.
    Shapes:
        phi and its slope act on each component; q is the first layer's second moment.
    Raises:
        ValueError: if gain or q is not finite and > 0, or depth < 1.
    Source:
        Poole et al. (2016) for q, Schoenholz et al. (2017) for d; their sigma_w^2 is our gain.
    Derived on: book/backprop/start.md
    """
    check_positive("gain", gain)
    check_count("depth", depth)
    qs = [q]
    while len(qs) < depth:
        qs.append(gain * gaussian_mean(lambda s: phi(s) ** 2, qs[-1]))
    ds = [1 / gain]
    for q_l in reversed(qs):
        ds.append(gain * gaussian_mean(lambda s: slope(s) ** 2, q_l) * ds[-1])
    return Moments(torch.tensor(qs), torch.tensor(ds[:0:-1]))


def measured(
    weights: list[Weights],
    activation: Callable[[], Module],
    x: Float[Tensor, "batch n"],
    *,
    generator: torch.Generator,
) -> Moments:
    """Send a batch forward and a random gradient backward, and note the second moments.

    Formula:
        s_l = W_l h_(l-1), h_l = phi(s_l), h_0 = x; q_l = mean s_l^2. A standard normal gradient
        arrives at h_depth; d_l = mean (dL/ds_l)^2. Means over the batch and the components.
    Shapes:
        weights: depth matrices that fit together; `activation()` makes a module, such as `Tanh`.
    Derived on: book/backprop/start.md
    """
    layers = [(Linear(W, W.new_zeros(len(W))), activation()) for W in weights]
    h, q = x, []
    for linear, phi in layers:
        s = linear(h)
        q.append((s**2).mean())
        h = phi(s)
    g = torch.randn(h.shape, generator=generator, dtype=h.dtype, device=h.device)
    d = []
    for linear, phi in reversed(layers):
        gradient = phi.backward(g)
        d.append((gradient**2).mean())
        g = linear.backward(gradient)
    return Moments(torch.stack(q), torch.stack(d[::-1]))
