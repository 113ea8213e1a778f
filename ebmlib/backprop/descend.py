"""Descent on the parameters of our own modules, and the loop that drives it."""

from collections.abc import Callable, Iterator

import torch
from jaxtyping import Float
from torch import Tensor

from ebmlib.backprop.cost import Cost
from ebmlib.backprop.module import Module
from ebmlib.checks import check_count, check_positive

__all__ = ["Adam", "GradientDescent", "train"]

Pairs = list[tuple[Tensor, Tensor]]


class GradientDescent:
    """A step against the gradient, for parameters that are changed in place.

    Formula:
        theta <- theta - eta dL/dtheta.
    Shapes:
        Any; a parameter and its gradient agree.
    Raises:
        ValueError: if eta is not positive.
    Source:
        Cauchy (1847).
    Derived on: book/backprop/modules.md
    """

    def __init__(self, parameters: Pairs, eta: float) -> None:
        check_positive("eta", eta)
        self.parameters, self.eta = parameters, eta

    def step(self) -> None:
        """Take one step."""
        for theta, gradient in self.parameters:
            theta -= self.eta * gradient


class Adam:
    """Steps of about eta in every component, whatever the gradient's size.

    Formula:
        m <- b1 m + (1 - b1) g, v <- b2 v + (1 - b2) g^2, at step t
        theta <- theta - eta (m / (1 - b1^t)) / (sqrt(v / (1 - b2^t)) + epsilon).
    Shapes:
        Any; a parameter, its gradient and both averages agree.
    Raises:
        ValueError: if eta is not positive.
    Source:
        Kingma and Ba (2015); their alpha is our eta, their theta is our theta.
    Derived on: book/backprop/modules.md
    """

    def __init__(
        self,
        parameters: Pairs,
        eta: float,
        betas: tuple[float, float] = (0.9, 0.999),
        epsilon: float = 1e-8,
    ) -> None:
        check_positive("eta", eta)
        self.parameters, self.eta, self.betas, self.epsilon = parameters, eta, betas, epsilon
        self.averages = [(torch.zeros_like(g), torch.zeros_like(g)) for _, g in parameters]
        self.t = 0

    def step(self) -> None:
        """Take one step."""
        self.t += 1
        b1, b2 = self.betas
        for (theta, g), (m, v) in zip(self.parameters, self.averages, strict=True):
            m += (1 - b1) * (g - m)
            v += (1 - b2) * (g**2 - v)
            scale = (v / (1 - b2**self.t)).sqrt() + self.epsilon
            theta -= self.eta * (m / (1 - b1**self.t)) / scale


def train(
    net: Module,
    cost: Cost,
    x: Float[Tensor, "N in"],
    y: Float[Tensor, "N K"],
    *,
    step: Callable[[], None],
    steps: int,
) -> Iterator[Float[Tensor, ""]]:
    """Train a net on the full batch, and yield the loss of each step before the step is taken.

    Formula:
        L = cost(net(x), y); empty the accumulators; backward; step.
    Shapes:
        x: (N, in), y: (N, K); each yielded loss: ().
    Raises:
        ValueError: if steps < 1.
    Derived on: book/backprop/modules.md
    """
    check_count("steps", steps)
    for _ in range(steps):
        L = cost(net(x), y)
        net.zero_grad()
        net.backward(cost.backward())
        yield L
        step()
