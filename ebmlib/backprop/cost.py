"""Costs: scalars to be low, where the backward pass begins."""

from abc import ABC, abstractmethod

from jaxtyping import Float
from torch import Tensor

from ebmlib.backprop.extreme import LogSumExp
from ebmlib.backprop.module import check_shape
from ebmlib.checks import check_ndim

__all__ = ["Cost", "CrossEntropy", "SquaredError"]


class Cost(ABC):
    """The mean over a batch of a scalar that compares what was produced with the target.

    Formula:
        L = (1/N) sum_n C(y_n, y-tilde_n); back: gradInput row n = (1/N) dC/dy-tilde_n.
    Shapes:
        produced and target: (batch, K); the cost: ().
    Derived on: book/backprop/linear.md
    """

    @abstractmethod
    def forward(self, produced: Float[Tensor, "N K"], y: Float[Tensor, "N K"]) -> Float[Tensor, ""]:
        """Compute the mean cost, and keep what `backward` will need."""

    @abstractmethod
    def backward(self) -> Float[Tensor, "N K"]:
        """Return the gradient with respect to what was produced; dL/dL = 1 starts it."""

    def __call__(
        self, produced: Float[Tensor, "N K"], y: Float[Tensor, "N K"]
    ) -> Float[Tensor, ""]:
        """Go forward."""
        return self.forward(produced, y)


class SquaredError(Cost):
    """The squared distance, without a half: its gradient carries the 2.

    Formula:
        C = |y - y-tilde|^2; back: (2/N) (y-tilde - y).
    Shapes:
        y-tilde and y: (batch, K); summed over K, averaged over the batch.
    Raises:
        ValueError: where y-tilde is not (batch, K), or the two shapes differ.
    Source:
        Derivation. torch's `MSELoss` averages over K as well.
    Derived on: book/backprop/linear.md
    """

    gap: Float[Tensor, "N K"]

    def forward(self, produced: Float[Tensor, "N K"], y: Float[Tensor, "N K"]) -> Float[Tensor, ""]:
        """Compute the mean squared distance, and keep the gaps."""
        check_ndim("produced", produced, 2, "(batch, K)")
        check_shape("y", y, tuple(produced.shape))
        self.gap = produced - y
        return (self.gap**2).sum(1).mean()

    def backward(self) -> Float[Tensor, "N K"]:
        """Return (2/N) (y-tilde - y)."""
        return 2 * self.gap / len(self.gap)


class CrossEntropy(Cost):
    """The cross-entropy of a target distribution and the softargmax of scores.

    Formula:
        C = -y^T log softargmax(s) = logsumexp(s) - y^T s, y summing to one;
        back: (1/N) (softargmax(s) - y).
    Shapes:
        s and y: (batch, K); y holds one-hot rows, or rows that sum to one.
    Units:
        Nats.
    Raises:
        ValueError: where s is not (batch, K), the two shapes differ, or a row of y does not sum
            to one.
    Source:
        Derivation. torch calls it `CrossEntropyLoss`, and takes the scores too.
    Derived on: book/backprop/linear.md
    """

    gap: Float[Tensor, "N K"]

    def forward(self, produced: Float[Tensor, "N K"], y: Float[Tensor, "N K"]) -> Float[Tensor, ""]:
        """Compute the mean cross-entropy of the scores, and keep softargmax(s) - y."""
        check_ndim("produced", produced, 2, "(batch, K)")
        check_shape("y", y, tuple(produced.shape))
        if not ((y.sum(1) - 1).abs() <= 1e-5).all():
            raise ValueError(f"y must have rows that sum to 1. Got sums {y.sum(1).tolist()[:3]}.")
        soft = LogSumExp()
        top = soft(produced)
        self.gap = soft.p - y
        cost: Float[Tensor, ""] = (top - (y * produced).sum(1)).mean()
        return cost

    def backward(self) -> Float[Tensor, "N K"]:
        """Return (1/N) (softargmax(s) - y)."""
        return self.gap / len(self.gap)
