"""Inverses, determinants and solutions of systems for small matrices, in closed form.

A matrix of up to three rows has its adjugate: sums of products, which torch differentiates and the
page computes without a loop. What torch's backward formulas ask for by LU factors is given the
matrix in their place, since nobody else looks at these factors.
"""

from collections.abc import Callable
from typing import Any

import torch
from torch import Tensor

from ebmlib.plot.recording.text import NotKnownError

LARGEST = 3


def _entries(A: Tensor) -> list[list[Tensor]]:
    n = A.shape[-1]
    if n > LARGEST:
        raise NotKnownError(
            f"matrices of more than {LARGEST} rows are not known to live figures yet. "
            f"Got shape {tuple(A.shape)}."
        )
    return [[A[..., i, j] for j in range(n)] for i in range(n)]


def _adjugate(a: list[list[Tensor]]) -> list[list[Tensor]]:
    """The transposed matrix of cofactors."""
    n = len(a)
    if n == 1:
        return [[torch.ones_like(a[0][0])]]
    if n == 2:
        return [[a[1][1], -a[0][1]], [-a[1][0], a[0][0]]]
    return [[_cofactor(a, j, i) for j in range(n)] for i in range(n)]


def _cofactor(a: list[list[Tensor]], i: int, j: int) -> Tensor:
    """Of a 3 x 3 matrix: cyclic indices need no signs."""
    p, q, r, s = (i + 1) % 3, (i + 2) % 3, (j + 1) % 3, (j + 2) % 3
    return a[p][r] * a[q][s] - a[p][s] * a[q][r]


def _determinant(a: list[list[Tensor]]) -> Tensor:
    adjugate = _adjugate(a)
    return torch.stack([a[0][k] * adjugate[k][0] for k in range(len(a))]).sum(0)


def _inverse(A: Tensor) -> Tensor:
    a = _entries(A)
    rows = [torch.stack(row, -1) for row in _adjugate(a)]
    return torch.stack(rows, -2) / _determinant(a)[..., None, None]


def _pivots(A: Tensor) -> tuple[Tensor, Tensor]:
    """What stands for the pivots, and the word that all went well."""
    return A.new_zeros(A.shape[:-1], dtype=torch.int32), A.new_zeros(
        A.shape[:-2], dtype=torch.int32
    )


def _factors(A: Tensor) -> Tensor:
    """torch factors the transposed matrix if the matrix is contiguous."""
    return A.mT.clone() if A.is_contiguous() else A.clone()


def inv(A: Tensor, *, check_errors: bool = False) -> tuple[Tensor, Tensor]:
    """aten.linalg_inv_ex."""
    return _inverse(A), _pivots(A)[1]


def det(A: Tensor) -> tuple[Tensor, Tensor, Tensor]:
    """aten._linalg_det: the determinant, and what its backward pass asks for."""
    return _determinant(_entries(A)), _factors(A), _pivots(A)[0]


def solve(
    A: Tensor, B: Tensor, *, left: bool = True, check_errors: bool = False
) -> tuple[Tensor, Tensor, Tensor, Tensor]:
    """aten._linalg_solve_ex: A X = B, or X A = B."""
    vector = left and B.ndim == A.ndim - 1 and B.shape == A.shape[:-1]
    right = B.unsqueeze(-1) if vector else B
    X = _times(_inverse(A), right, left)
    return X.squeeze(-1) if vector else X, A.clone(), *_pivots(A)


def lu_solve(
    LU: Tensor, pivots: Tensor, B: Tensor, *, left: bool = True, adjoint: bool = False
) -> Tensor:
    """aten.linalg_lu_solve with a matrix in the factors' place."""
    return _times(_inverse(LU.mT if adjoint else LU), B, left)


def _times(inverse: Tensor, B: Tensor, left: bool) -> Tensor:
    return inverse @ B if left else B @ inverse


MATRICES: dict[str, Callable[..., Any]] = {
    "aten.linalg_inv_ex.default": inv,
    "aten._linalg_det.default": det,
    "aten._linalg_solve_ex.default": solve,
    "aten.linalg_lu_solve.default": lu_solve,
}
