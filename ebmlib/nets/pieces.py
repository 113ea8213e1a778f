"""The linear pieces of a ReLU net on a square of the plane, all of them, as polygons."""

from typing import NamedTuple

import torch
from jaxtyping import Float
from torch import Tensor, nn

from ebmlib.checks import check_positive

EDGE = 1e-9  # corners closer than this to a line lie on it


class Piece(NamedTuple):
    """A convex polygon on which the net is one affine map."""

    corners: Float[Tensor, "_ 2"]
    """In order round the polygon."""
    W: Float[Tensor, "_ 2"]
    b: Float[Tensor, " _"]
    """On the polygon the net gives W x + b."""


def pieces(net: nn.Sequential, half: float = 1.0) -> list[Piece]:
    """Cut the square [-half, half]^2 along every unit's bend, layer after layer.

    On a piece each layer is affine in x, so that a unit's bend, s(x) = 0, is a straight line
    there: it cuts the polygon in two or misses it. We cut in float64, and on the CPU.

    Args:
        net: linear layers and ReLUs, with an input of size 2.
        half: half the width of the square.

    Raises:
        ValueError: if half is not positive, or the net holds anything else or does not fit.

    Derived on: book/intro/nets.md
    """
    check_positive("half", half)
    plane = torch.eye(2, dtype=torch.float64, device="cpu")
    found = [Piece(_square(half), plane, plane.new_zeros(2))]
    for layer in net:
        if isinstance(layer, nn.Linear):
            W = layer.weight.detach().double().cpu()
            if W.shape[1] != len(found[0].W):
                raise ValueError(
                    f"{layer} must have in_features={len(found[0].W)}. Got {W.shape[1]}."
                )
            b = 0.0 if layer.bias is None else layer.bias.detach().double().cpu()
            found = [Piece(p.corners, W @ p.W, W @ p.b + b) for p in found]
        elif isinstance(layer, nn.ReLU):
            found = [piece for p in found for piece in _bend(p)]
        else:
            raise ValueError(f"net must hold Linear and ReLU. Got {type(layer).__name__}.")
    return found


def _square(half: float) -> Float[Tensor, "4 2"]:
    """Corners of the square [-half, half]^2, in order round it."""
    corners = [(-half, -half), (half, -half), (half, half), (-half, half)]
    return torch.tensor(corners, dtype=torch.float64, device="cpu")


def _bend(piece: Piece) -> list[Piece]:
    """Cut one piece along the bends of its units, and switch the units off or on."""
    polygons = [piece.corners]
    for w, b in zip(piece.W, piece.b, strict=True):
        polygons = [half for corners in polygons for half in cut(corners, w, b)]
    bent = []
    for corners in polygons:
        on = (piece.W @ corners.mean(0) + piece.b > 0).double()
        bent.append(Piece(corners, on[:, None] * piece.W, on * piece.b))
    return bent


def cut(
    corners: Float[Tensor, "corners 2"], w: Float[Tensor, " 2"], b: Float[Tensor, ""]
) -> list[Float[Tensor, "_ 2"]]:
    """Cut a convex polygon along the line w . x + b = 0: two polygons, or the one that was."""
    s = corners @ w + b
    if not ((s > EDGE).any() and (s < -EDGE).any()):
        return [corners]
    halves = []
    for side in (s, -s):
        kept = []
        for i in range(len(corners)):
            j = (i + 1) % len(corners)
            if side[i] >= 0:
                kept.append(corners[i])
            if s[i] * s[j] < 0:  # the edge crosses the line
                kept.append(corners[i] + (corners[j] - corners[i]) * (s[i] / (s[i] - s[j])))
        halves.append(torch.stack(kept))
    return halves


def area(corners: Float[Tensor, "corners 2"]) -> Float[Tensor, ""]:
    """Area of a polygon, by the shoelace formula."""
    x, y = corners.T
    double: Tensor = (x * y.roll(-1) - x.roll(-1) * y).sum().abs()
    return double / 2


def class_cells(
    W: Float[Tensor, "classes 2"], b: Float[Tensor, " classes"], half: float = 1.0
) -> list[Float[Tensor, "_ 2"]]:
    """Cut the square [-half, half]^2 by class: where a linear layer's score is the highest.

    Returns:
        One convex polygon a class, in order round it; (0, 2) where the class never wins.

    Raises:
        ValueError: if half is not positive.

    Derived on: book/spiral/unwarp.md
    """
    check_positive("half", half)
    W, b = W.detach().double().cpu(), b.detach().double().cpu()
    square, cells = _square(half), []
    for k in range(len(W)):
        kept = square
        for j in range(len(W)):
            if j == k or not len(kept):
                continue
            lead = W[k] - W[j], b[k] - b[j]
            kept = cut(kept, *lead)[0]  # of two halves the first is the positive one
            if (kept @ lead[0] + lead[1]).mean() < 0:
                kept = kept[:0]
        cells.append(kept)
    return cells
