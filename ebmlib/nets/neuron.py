"""The single neuron, three times: a gate, a perceptron that corrects itself, an Adaline."""

from typing import NamedTuple

import torch
from jaxtyping import Float
from torch import Tensor

from ebmlib.checks import check_count, check_positive


def threshold_unit(
    x: Float[Tensor, "*batch dim"], w: Float[Tensor, " dim"], threshold: float
) -> Float[Tensor, "*batch"]:
    """Fire when the weighted inputs reach a threshold.

    Formula:
        1 if w . x >= threshold, else 0.

    Source: the gate of McCulloch and Pitts, A logical calculus of the ideas immanent in nervous
        activity, 1943, with weights. Theirs has none: what excites counts one a contact, what
        inhibits is a veto; a large negative weight does the same.

    Derived on: book/intro/neuron.md
    """
    return (x @ w >= threshold).to(x.dtype)


class Perceptron(NamedTuple):
    """What `perceptron` learned, and how often it was wrong on the way."""

    w: Float[Tensor, " dim"]
    mistakes: int
    path: Float[Tensor, "times dim"]
    """The weights at the start, 0, and after each mistake."""
    separated: bool
    """Whether a whole pass went by without a mistake."""


def perceptron(
    x: Float[Tensor, "batch dim"], y: Float[Tensor, " batch"], *, passes: int = 1000
) -> Perceptron:
    """Add each sample that is on the wrong side, until none is.

    Formula:
        start at w = 0; where y_i (w . x_i) <= 0, w <- w + y_i x_i.

    Args:
        x: inputs; a bias is a last column of ones.
        y: classes, -1 or 1.
        passes: the most passes through the samples; they end at the first without a mistake.

    Raises:
        ValueError: on a wrong shape or no sample, if y holds anything but -1 and 1, or passes < 1.

    Source: error correction, Rosenblatt, Principles of neurodynamics, 1962. The perceptron itself
        is of 1958, and strengthened whatever was active.

    Derived on: book/intro/neuron.md
    """
    _check(x, y)
    check_count("passes", passes)
    w = torch.zeros_like(x[0])
    path = [w]
    for _ in range(passes):
        before = len(path)
        for xi, yi in zip(x, y, strict=True):
            if yi * (w @ xi) <= 0:
                w = w + yi * xi
                path.append(w)
        if len(path) == before:
            return Perceptron(w, len(path) - 1, torch.stack(path), True)
    return Perceptron(w, len(path) - 1, torch.stack(path), False)


def mistake_bound(
    x: Float[Tensor, "batch dim"], y: Float[Tensor, " batch"], w: Float[Tensor, " dim"]
) -> float:
    """Bound the perceptron's mistakes by means of any w that separates the samples.

    Formula:
        mistakes <= (R / gamma)^2, with R = max_i |x_i| and the margin
        gamma = min_i y_i (w . x_i) / |w|. The bound is least for the w of largest margin.

    Raises:
        ValueError: as `perceptron`, or if w does not separate the samples.

    Source: Novikoff, On convergence proofs on perceptrons, 1962.

    Derived on: book/intro/neuron.md
    """
    _check(x, y)
    margin = float((y * (x @ w)).min() / w.norm())
    if not margin > 0:  # a w of zeros has the margin nan
        raise ValueError(f"w must separate the samples. Got a margin of {margin:.3g}.")
    return (float(x.norm(dim=-1).max()) / margin) ** 2


def adaline(
    x: Float[Tensor, "batch dim"], y: Float[Tensor, " batch"], *, lr: float, steps: int
) -> Float[Tensor, "times dim"]:
    """Descend on the squared error of the LINEAR output, all samples at once.

    Formula:
        L(w) = (1/P) sum_i (w . x_i - y_i)^2, w <- w - lr (2/P) sum_i (w . x_i - y_i) x_i,
        from w = 0. Converges for 0 < lr < 2 / lambda_max, where lambda_max is the largest
        eigenvalue of the Hessian (2/P) sum_i x_i x_i^T.

    Returns:
        The weights at the start and after each step.

    Raises:
        ValueError: on a wrong shape or no sample, if y holds anything but -1 and 1, lr is not
            positive or steps < 1.

    Source: Widrow and Hoff, Adaptive switching circuits, 1960 (they went sample by sample).

    Derived on: book/intro/neuron.md
    """
    _check(x, y)
    check_positive("lr", lr)
    check_count("steps", steps)
    w = torch.zeros_like(x[0])
    path = [w]
    for _ in range(steps):
        w = w - lr * 2 / len(x) * (x @ w - y) @ x
        path.append(w)
    return torch.stack(path)


def _check(x: Tensor, y: Tensor) -> None:
    if x.ndim != 2 or len(x) == 0 or y.shape != x.shape[:1]:
        raise ValueError(
            "x must have shape (batch, dim) with batch >= 1, and y (batch,). "
            f"Got {tuple(x.shape)} and {tuple(y.shape)}."
        )
    other = y[(y != 1) & (y != -1)]
    if len(other):
        raise ValueError(f"y must hold -1 and 1 only. Got {float(other[0]):g}.")
