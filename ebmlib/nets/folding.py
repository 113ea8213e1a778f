"""A ReLU net built by hand that folds the plane, so that its pieces double with each layer."""

import torch
from torch import nn

from ebmlib.checks import check_count


def folding_net(depth: int) -> nn.Sequential:
    r"""Net of three units a layer that folds the square [-1, 1]^2 in half, depth times.

    Formula:
        A layer folds the sheet along its middle: relu(p_a) + relu(-p_a) = |p_a|, while a third
        unit, always on, carries the other coordinate: relu(p_b + c) - c = p_b. The next layer
        folds along b. The sheet then has 2^depth layers of paper, and the net 2^depth pieces.

    Returns:
        2 -> 3 -> ... -> 3 -> 2; the output is the place on the folded sheet, whose middle is 0.

    Raises:
        ValueError: if depth < 1.

    Source: the construction of Montúfar, Pascanu, Cho and Bengio, On the number of linear
        regions of deep neural networks, 2014, one fold a layer.

    Derived on: book/intro/nets.md
    """
    check_count("depth", depth)
    half = [1.0, 1.0]  # of the sheet, in both directions
    A, c = torch.eye(2), torch.zeros(2)  # the place p on the sheet is A h + c
    layers: list[nn.Module] = []
    for level in range(depth):
        a, b = level % 2, 1 - level % 2
        R = torch.zeros(3, 2)
        R[0, a], R[1, a], R[2, b] = 1, -1, 1
        layers += [linear(R @ A, R @ c + torch.tensor([0, 0, half[b]])), nn.ReLU()]
        A, c = torch.zeros(2, 3), torch.zeros(2)
        A[a, 0] = A[a, 1] = A[b, 2] = 1
        c[a], c[b] = -half[a] / 2, -half[b]  # the folded sheet's middle is 0 again
        half[a] /= 2
    return nn.Sequential(*layers, linear(A, c))


def linear(W: torch.Tensor, b: torch.Tensor) -> nn.Linear:
    """Make a linear layer of given weights, of shape (out, in), and biases."""
    layer = nn.Linear(W.shape[1], W.shape[0], dtype=W.dtype)
    with torch.no_grad():
        layer.weight.copy_(W)
        layer.bias.copy_(b)
    return layer
