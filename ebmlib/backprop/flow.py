"""Copy, sum and route: the modules without arithmetic of their own, each a matrix of ones."""

import torch
from jaxtyping import Float
from torch import Tensor

from ebmlib.backprop.module import Module, check_shape
from ebmlib.checks import check_count, check_ndim

__all__ = ["Node", "Route", "Sum", "routing"]


class Node(Module):
    """Hands the same value to k readers; gathers their gradients.

    Formula:
        r -> (r, ..., r), the matrix [I; ...; I]; back: the sum of the k gradients, by its
        transpose [I ... I], which is the matrix of `Sum`.
    Shapes:
        r: (batch, dim); output and gradOutput: tuples of k such tensors.
    Raises:
        ValueError: where k < 1, or gradOutput has not k entries.
    Source:
        Derivation (the chain rule for a variable that is used more than once).
    Derived on: book/backprop/modules.md
    """

    def __init__(self, k: int = 2) -> None:
        check_count("k", k)
        self.k = k

    def forward(self, r: Float[Tensor, "*shape"]) -> tuple[Float[Tensor, "*shape"], ...]:
        """Hand out k copies."""
        return (r,) * self.k

    def backward(self, gradOutput: tuple[Float[Tensor, "*shape"], ...]) -> Float[Tensor, "*shape"]:
        """Sum the k gradients."""
        if len(gradOutput) != self.k:
            raise ValueError(f"gradOutput must have {self.k} entries. Got {len(gradOutput)}.")
        return torch.stack(gradOutput).sum(0)


class Sum(Module):
    """Adds k values; each of them receives the whole gradient.

    Formula:
        (r_1, ..., r_k) -> r_1 + ... + r_k, the matrix [I ... I]; back: k copies of gradOutput, by
        its transpose [I; ...; I], which is the matrix of `Node`.
    Shapes:
        A tuple of k tensors of one shape; output and gradOutput: one such tensor.
    Raises:
        ValueError: where the shapes differ.
    Source:
        Derivation.
    Derived on: book/backprop/modules.md
    """

    k: int

    def forward(self, r: tuple[Float[Tensor, "*shape"], ...]) -> Float[Tensor, "*shape"]:
        """Add what arrives, and keep how many came."""
        for r_i in r:
            check_shape("each r", r_i, tuple(r[0].shape))
        self.k = len(r)
        return torch.stack(r).sum(0)

    def backward(self, gradOutput: Float[Tensor, "*shape"]) -> tuple[Float[Tensor, "*shape"], ...]:
        """Hand out k copies of the gradient."""
        return (gradOutput,) * self.k


def routing(sources: list[int | None], dim: int) -> Float[Tensor, "out in"]:
    """Return the matrix G whose row i selects component sources[i], or nothing where it is None.

    Formula:
        G_ij = 1 where sources[i] = j, 0 elsewhere; then (G r)_i = r_sources[i], and G^T G is
        diagonal: it counts how often each component is read.
    Shapes:
        G: (len(sources), dim).
    Raises:
        ValueError: where a source does not lie in 0..dim - 1.
    Source:
        Derivation.
    Derived on: book/backprop/sharing.md
    """
    G = torch.zeros(len(sources), dim)
    for i, j in enumerate(sources):
        if j is not None:
            if not 0 <= j < dim:
                raise ValueError(f"sources must lie in 0..{dim - 1}. Got {j}.")
            G[i, j] = 1
    return G


class Route(Module):
    """Selects and branches by a matrix G of one-hot (or empty) rows; accumulates by G^T.

    Formula:
        r -> G r; back: gradInput = G^T gradOutput.
    Shapes:
        G: (out, in); r: (batch, in), output and gradOutput: (batch, out).
    Raises:
        ValueError: where G is no matrix, or has a row that is neither one-hot nor zero.
    Source:
        Derivation.
    Derived on: book/backprop/sharing.md
    """

    def __init__(self, G: Float[Tensor, "out in"]) -> None:
        check_ndim("G", G, 2, "(out, in)")
        if not (((G == 0) | (G == 1)).all() and (G.sum(1) <= 1).all()):
            raise ValueError("G must have rows that are one-hot or zero. Got another row.")
        self.G = G

    def forward(self, r: Float[Tensor, "batch in"]) -> Float[Tensor, "batch out"]:
        """Select and branch: G from the left of the column r."""
        check_shape("r", r, (len(r), self.G.shape[1]))
        return r @ self.G.T.to(r)

    def backward(self, gradOutput: Float[Tensor, "batch out"]) -> Float[Tensor, "batch in"]:
        """Accumulate: G^T from the left of the column gradOutput."""
        check_shape("gradOutput", gradOutput, (len(gradOutput), self.G.shape[0]))
        return gradOutput @ self.G.to(gradOutput)
