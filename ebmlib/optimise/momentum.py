"""Momentum as an average of gradients."""

from collections.abc import Callable, Iterable

import torch
from torch import Tensor

from ebmlib.checks import check_positive


class AveragingMomentum(torch.optim.Optimizer):
    r"""Descend along a running average of the gradients.

    Formula:
        m <- alpha m + (1 - alpha) g, theta <- theta - lr m, from m = 0. The weights of the past
        gradients sum to at most 1. torch's `SGD(momentum=alpha)` sums without (1 - alpha): it
        takes the same path at the rate lr (1 - alpha). Its `dampening` is another thing: it
        leaves the first step undamped.

    Args:
        params: what is moved.
        lr: learning rate.
        alpha: how much of the average is kept, in [0, 1).

    Raises:
        ValueError: if lr is not positive or alpha not in [0, 1).

    Source: Polyak, Some methods of speeding up the convergence of iteration methods, 1964
        (in the summing form).

    Derived on: book/spiral/train.md
    """

    def __init__(self, params: Iterable[Tensor], *, lr: float, alpha: float = 0.9) -> None:
        check_positive("lr", lr)
        if not 0 <= alpha < 1:
            raise ValueError(f"alpha must be in [0, 1). Got {alpha}.")
        super().__init__(params, {"lr": lr, "alpha": alpha})

    @torch.no_grad()
    def step(self, closure: Callable[[], float] | None = None) -> None:  # type: ignore[override]
        """Average and move; a closure is not needed, and not taken.

        Raises:
            ValueError: if a closure is given.
        """
        if closure is not None:
            raise ValueError("step takes no closure.")
        for group in self.param_groups:
            for theta in group["params"]:
                if theta.grad is None:
                    continue
                m = self.state[theta].setdefault("m", torch.zeros_like(theta))
                m.mul_(group["alpha"]).add_(theta.grad, alpha=1 - group["alpha"])
                theta.sub_(m, alpha=group["lr"])
