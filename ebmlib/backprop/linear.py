"""The linear layer and its three gradients."""

import torch
from jaxtyping import Float
from torch import Tensor

from ebmlib.backprop.module import Module, check_shape

__all__ = ["Linear"]


class Linear(Module):
    """A linear layer (affine, with its bias) that accumulates gradWeight and gradBias.

    Formula:
        s = W r + b for a column r. Back: gradInput = W^T gradOutput,
        gradWeight += gradOutput r^T, gradBias += gradOutput, summed over the batch.
    Shapes:
        W: (out, in), b: (out,). In code a batch holds one sample a row: r is (batch, in), and
        the formulas read r W^T + b, gradOutput W and gradOutput^T r.
    Raises:
        ValueError: where W, b and the tensors that pass do not fit together.
    Source:
        Derivation; Rumelhart, Hinton and Williams (1986).
    Derived on: book/backprop/linear.md
    """

    r: Float[Tensor, "batch in"]

    def __init__(self, W: Float[Tensor, "out in"], b: Float[Tensor, " out"]) -> None:
        if W.ndim != 2:
            raise ValueError(f"W must have shape (out, in). Got {tuple(W.shape)}.")
        check_shape("b", b, (W.shape[0],))
        self.W, self.b = W, b
        self.gradWeight, self.gradBias = torch.zeros_like(W), torch.zeros_like(b)

    def forward(self, r: Float[Tensor, "batch in"]) -> Float[Tensor, "batch out"]:
        """Compute s = W r + b for each row r, and keep r."""
        check_shape("r", r, (len(r), self.W.shape[1]))
        self.r = r
        return r @ self.W.T + self.b

    def backward(self, gradOutput: Float[Tensor, "batch out"]) -> Float[Tensor, "batch in"]:
        """Accumulate gradWeight and gradBias, and return W^T gradOutput for each row."""
        check_shape("gradOutput", gradOutput, (len(self.r), len(self.b)))
        self.gradWeight += gradOutput.T @ self.r
        self.gradBias += gradOutput.sum(0)
        return gradOutput @ self.W

    def parameters(self) -> list[tuple[Tensor, Tensor]]:
        """Return (W, gradWeight) and (b, gradBias)."""
        return [(self.W, self.gradWeight), (self.b, self.gradBias)]

    def twin(self) -> "Linear":
        """Return a layer that shares W, b and both accumulators with this one.

        A twin keeps an input of its own, so that one set of weights can stand at several places
        of a net. Its gradients land in the same accumulators: shared weights, summed gradients.

        Derived on: book/backprop/sharing.md
        """
        twin = Linear(self.W, self.b)
        twin.gradWeight, twin.gradBias = self.gradWeight, self.gradBias
        return twin
