"""A net that gives one score a class, seen as an energy of the input and the class."""

from collections.abc import Callable, Iterable

import torch
from jaxtyping import Float, Int
from torch import Tensor, nn
from torch.nn.functional import cross_entropy

from ebmlib.soft import softmin
from ebmlib.train import train

Scores = Float[Tensor, "*batch classes"]
Optimiser = Callable[..., torch.optim.Optimizer]


def logit_energy(s: Scores) -> Scores:
    """Energy of every class: minus its score.

    Formula:
        E(x, y) = -s_y(x), so that softmin over y is F_1(x) = -logsumexp(s) + log K.

    Derived on: book/spiral/energy.md
    """
    return -s


def cross_entropy_energy(s: Scores) -> Scores:
    """Energy of every class: the cross-entropy that it would have as the target.

    Formula:
        E(x, y) = -log softargmax(s(x))_y = -s_y(x) + logsumexp(s(x)); its logsumexp over y is 0
        for every x.

    Derived on: book/spiral/energy.md
    """
    return -torch.log_softmax(s, -1)


def class_free_energy(s: Scores, beta: float = 1.0) -> Float[Tensor, "*batch"]:
    """Free energy of the input, the class being unknown, for the energy minus the score.

    Formula:
        F_beta(x) = softmin_beta over y of -s_y(x); for beta = 1: -logsumexp(s) + log K.

    Raises:
        ValueError: if beta is negative or NaN, or s holds no class.

    Derived on: book/spiral/energy.md
    """
    return softmin(logit_energy(s), beta)


def fit(
    net: nn.Module,
    x: Float[Tensor, "batch dim"],
    y: Int[Tensor, " batch"],
    *,
    steps: int,
    lr: float,
    optimiser: Optimiser = torch.optim.Adam,
    weight_decay: float = 0.0,
) -> Float[Tensor, " steps"]:
    """Train a classifier on all samples at once, and return its losses, of the dtype of x.

    Formula:
        L = (1/P) sum_i cross-entropy(s(x_i), y_i), descended for the given steps.

    Args:
        net: gives one score a class.
        x: inputs, one a row.
        y: their classes, 0 ... K - 1.
        steps: how many updates.
        lr: learning rate.
        optimiser: makes an optimiser of parameters, lr and weight_decay.
        weight_decay: passed on to it.

    Raises:
        ValueError: as `ebmlib.train.train`.

    Derived on: book/spiral/classify.md
    """
    parameters: Iterable[Tensor] = net.parameters()
    descent = optimiser(parameters, lr=lr, weight_decay=weight_decay)
    losses = [L for _, L in train(lambda: cross_entropy(net(x), y), descent, steps)]
    return x.new_tensor(losses)
