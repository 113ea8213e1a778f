"""Modules that act on each component alone: their Jacobian is diagonal."""

from jaxtyping import Float
from torch import Tensor

from ebmlib.backprop.module import Module, check_shape

__all__ = ["ReLU", "Sigmoid", "Tanh"]


class ReLU(Module):
    """The positive part of each component.

    Formula:
        h = max(s, 0); back: gradInput = gradOutput where s > 0, and 0 elsewhere.
    Shapes:
        Any; input, output and gradients agree.
    Raises:
        ValueError: where gradOutput has not the output's shape.
    Source:
        Derivation. At s = 0 there is no derivative; 0 is taken, as torch does.
    Derived on: book/backprop/modules.md
    """

    s: Float[Tensor, "*shape"]

    def forward(self, s: Float[Tensor, "*shape"]) -> Float[Tensor, "*shape"]:
        """Compute h = max(s, 0), and keep s."""
        self.s = s
        return s.clamp(min=0)

    def backward(self, gradOutput: Float[Tensor, "*shape"]) -> Float[Tensor, "*shape"]:
        """Let the gradient through where the input was positive."""
        check_shape("gradOutput", gradOutput, tuple(self.s.shape))
        return gradOutput * (self.s > 0)


class Tanh(Module):
    """The hyperbolic tangent of each component.

    Formula:
        h = tanh(s); back: gradInput = (1 - h^2) gradOutput.
    Shapes:
        Any; input, output and gradients agree.
    Raises:
        ValueError: where gradOutput has not the output's shape.
    Source:
        Derivation. The output is kept, not the input: the derivative needs nothing else.
    Derived on: book/backprop/modules.md
    """

    h: Float[Tensor, "*shape"]

    def forward(self, s: Float[Tensor, "*shape"]) -> Float[Tensor, "*shape"]:
        """Compute h = tanh(s), and keep h."""
        self.h = s.tanh()
        return self.h

    def backward(self, gradOutput: Float[Tensor, "*shape"]) -> Float[Tensor, "*shape"]:
        """Scale the gradient by 1 - h^2."""
        check_shape("gradOutput", gradOutput, tuple(self.h.shape))
        return gradOutput * (1 - self.h**2)


class Sigmoid(Module):
    """The logistic sigmoid of each component.

    Formula:
        h = 1 / (1 + exp(-s)); back: gradInput = h (1 - h) gradOutput.
    Shapes:
        Any; input, output and gradients agree.
    Raises:
        ValueError: where gradOutput has not the output's shape.
    Source:
        Derivation; computed as (1 + tanh(s/2)) / 2, which cannot overflow.
    Derived on: book/backprop/modules.md
    """

    h: Float[Tensor, "*shape"]

    def forward(self, s: Float[Tensor, "*shape"]) -> Float[Tensor, "*shape"]:
        """Compute h = 1 / (1 + exp(-s)), and keep h."""
        self.h = (1 + (s / 2).tanh()) / 2
        return self.h

    def backward(self, gradOutput: Float[Tensor, "*shape"]) -> Float[Tensor, "*shape"]:
        """Scale the gradient by h (1 - h)."""
        check_shape("gradOutput", gradOutput, tuple(self.h.shape))
        return gradOutput * self.h * (1 - self.h)
