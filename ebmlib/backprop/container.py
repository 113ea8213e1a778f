"""Modules made of modules: one after another, and side by side."""

from typing import Any

from torch import Tensor

from ebmlib.backprop.module import Module

__all__ = ["Parallel", "Sequential"]


class _Container(Module):
    """Holds modules and hands out the parameters of all of them, shared ones once."""

    def __init__(self, *modules: Module) -> None:
        self.modules = modules

    def parameters(self) -> list[tuple[Tensor, Tensor]]:
        """Return the pairs (parameter, gradient) of every module; a shared pair stands once."""
        pairs = [pair for module in self.modules for pair in module.parameters()]
        return list(
            {id(parameter): (parameter, gradient) for parameter, gradient in pairs}.values()
        )


class Sequential(_Container):
    """One module after another.

    Formula:
        r -> f_n(... f_2(f_1(r))); back: J_1^T J_2^T ... J_n^T gradOutput, from the right, so that
        only matrix-vector products occur.
    Shapes:
        Each module's output is the next one's input.
    Source:
        Derivation (the chain rule).
    Derived on: book/backprop/modules.md
    """

    def forward(self, r: Any) -> Any:
        """Go through the modules in order."""
        for module in self.modules:
            r = module.forward(r)
        return r

    def backward(self, gradOutput: Any) -> Any:
        """Go through the modules in reverse order."""
        for module in reversed(self.modules):
            gradOutput = module.backward(gradOutput)
        return gradOutput


class Parallel(_Container):
    """Modules side by side, each with an input of its own.

    Formula:
        (r_1, ..., r_k) -> (f_1(r_1), ..., f_k(r_k)); its Jacobian is block diagonal.
    Shapes:
        Tuples of k tensors.
    Raises:
        ValueError: where as many inputs as modules are not given.
    Source:
        Derivation.
    Derived on: book/backprop/modules.md
    """

    def forward(self, r: tuple[Any, ...]) -> tuple[Any, ...]:
        """Send each input through its own module."""
        self._check("r", r)
        return tuple(f.forward(r_i) for f, r_i in zip(self.modules, r, strict=True))

    def backward(self, gradOutput: tuple[Any, ...]) -> tuple[Any, ...]:
        """Send each gradient back through its own module."""
        self._check("gradOutput", gradOutput)
        return tuple(f.backward(g) for f, g in zip(self.modules, gradOutput, strict=True))

    def _check(self, name: str, values: tuple[Any, ...]) -> None:
        if len(values) != len(self.modules):
            raise ValueError(f"{name} must have {len(self.modules)} entries. Got {len(values)}.")
