"""The maximum of a vector, its soft relative log-sum-exp, and that one's gradient, softargmax."""

import math

import torch
from jaxtyping import Float, Int
from torch import Tensor

from ebmlib.backprop.module import Module, check_shape
from ebmlib.checks import check_ndim
from ebmlib.soft import logsumexp_max, softargmax

__all__ = ["LogSumExp", "Max", "Softargmax"]


class Softargmax(Module):
    """Positive weights that sum to one, and lean towards the largest score.

    Formula:
        p_k = exp(beta s_k) / sum_j exp(beta s_j); back: gradInput = beta p (g - p^T g), the
        product of beta (diag(p) - p p^T), which is its own transpose, with g = gradOutput. At
        beta = infinity p is a step, flat wherever it has a slope: 0 is taken.
    Shapes:
        s, p and gradients: (batch, K). beta in inverse units of s.
    Raises:
        ValueError: where s is not (batch, K), or gradOutput has not the output's shape.
    Source:
        Derivation. torch calls it softmax.
    Derived on: book/backprop/modules.md
    """

    p: Float[Tensor, "batch K"]

    def __init__(self, beta: float = 1.0) -> None:
        self.beta = beta

    def forward(self, s: Float[Tensor, "batch K"]) -> Float[Tensor, "batch K"]:
        """Compute p, and keep it."""
        check_ndim("s", s, 2, "(batch, K)")
        self.p = softargmax(s, self.beta)
        return self.p

    def backward(self, gradOutput: Float[Tensor, "batch K"]) -> Float[Tensor, "batch K"]:
        """Weigh what exceeds the mean gradient, the mean being taken under p."""
        check_shape("gradOutput", gradOutput, tuple(self.p.shape))
        mean = (self.p * gradOutput).sum(1, keepdim=True)
        beta = self.beta if self.beta < math.inf else 0.0
        return beta * self.p * (gradOutput - mean)


class LogSumExp(Module):
    """A soft maximum of each row: the plain one, without a mean inside.

    Formula:
        s -> (1/beta) log sum_k exp(beta s_k); back: gradInput = softargmax_beta(s) gradOutput.
    Shapes:
        s: (batch, K), output and gradOutput: (batch,). beta in inverse units of s.
    Raises:
        ValueError: where s is not (batch, K), or gradOutput has not the output's shape.
    Source:
        Derivation. `ebmlib.soft.softmax`, a log-mean-exp, lies log(K) / beta below.
    Derived on: book/backprop/modules.md
    """

    p: Float[Tensor, "batch K"]

    def __init__(self, beta: float = 1.0) -> None:
        self.beta = beta

    def forward(self, s: Float[Tensor, "batch K"]) -> Float[Tensor, " batch"]:
        """Compute the soft maximum of each row, and keep its softargmax."""
        check_ndim("s", s, 2, "(batch, K)")
        self.p = softargmax(s, self.beta)
        return logsumexp_max(s, self.beta)

    def backward(self, gradOutput: Float[Tensor, " batch"]) -> Float[Tensor, "batch K"]:
        """Share the gradient out by softargmax."""
        check_shape("gradOutput", gradOutput, (len(self.p),))
        return gradOutput[:, None] * self.p


class Max(Module):
    """The largest entry of each row: a switch, set by the data.

    Formula:
        s -> max_k s_k; back: gradInput = gradOutput at the first largest entry, 0 elsewhere.
    Shapes:
        s: (batch, K), output and gradOutput: (batch,).
    Raises:
        ValueError: where s is not (batch, K), or gradOutput has not the output's shape.
    Source:
        Derivation. It is `LogSumExp` at beta = infinity, softargmax having become argmax.
    Derived on: book/backprop/modules.md
    """

    k: Int[Tensor, " batch"]

    def forward(self, s: Float[Tensor, "batch K"]) -> Float[Tensor, " batch"]:
        """Compute the largest entry of each row, and keep where it stood."""
        check_ndim("s", s, 2, "(batch, K)")
        self.K, self.k = s.shape[1], s.argmax(1)
        return s.gather(1, self.k[:, None])[:, 0]

    def backward(self, gradOutput: Float[Tensor, " batch"]) -> Float[Tensor, "batch K"]:
        """Send the gradient to the winner alone."""
        check_shape("gradOutput", gradOutput, (len(self.k),))
        gradInput = torch.zeros_like(gradOutput)[:, None].repeat(1, self.K)
        return gradInput.scatter(1, self.k[:, None], gradOutput[:, None])
