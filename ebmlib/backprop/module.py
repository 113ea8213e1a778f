"""What every module of a net can do: go forward, go backward, hand out its parameters."""

from abc import ABC, abstractmethod
from typing import Any

from torch import Tensor

__all__ = ["Module", "check_shape"]


def check_shape(name: str, tensor: Tensor, expected: tuple[int, ...]) -> None:
    """Raise a `ValueError` that states the expected and the given shape, where they differ."""
    if tuple(tensor.shape) != expected:
        raise ValueError(f"{name} must have shape {expected}. Got {tuple(tensor.shape)}.")


class Module(ABC):
    """A block of a net: `forward` computes, `backward` returns what its input is to blame for.

    Formula:
        forward: output = f(r);  backward: gradInput = J^T gradOutput, with J = df/dr.
    Shapes:
        gradOutput has the output's shape and gradInput the input's. Between a `Node` and a `Sum`
        several tensors flow side by side, as a tuple.
    Source:
        The names gradOutput, gradInput, gradWeight and gradBias are those of Torch's nn package
        (Collobert, Kavukcuoglu and Farabet, 2011).
    Derived on: book/backprop/modules.md
    """

    @abstractmethod
    def forward(self, r: Any) -> Any:
        """Compute the output, and keep what `backward` will need."""

    @abstractmethod
    def backward(self, gradOutput: Any) -> Any:
        """Return gradInput, and add the parameters' gradients to their accumulators."""

    def __call__(self, r: Any) -> Any:
        """Go forward."""
        return self.forward(r)

    def parameters(self) -> list[tuple[Tensor, Tensor]]:
        """Return the pairs (parameter, its gradient's accumulator); both are changed in place."""
        return []

    def zero_grad(self) -> None:
        """Empty the accumulators, each once more before the next descent."""
        for _, gradient in self.parameters():
            gradient.zero_()
