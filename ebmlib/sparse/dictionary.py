r"""Learning the atoms of sparse coding."""

from collections.abc import Iterator
from typing import NamedTuple

from jaxtyping import Float
from torch import Tensor
from torch.nn.functional import normalize

from ebmlib.checks import check_count
from ebmlib.sparse.codes import energy, fista


def unit_columns(W: Float[Tensor, "dim atoms"]) -> Float[Tensor, "dim atoms"]:
    """The same directions with columns of norm 1.

    Raises:
        ValueError: if a column is zero, and has no direction.
    """
    norms: Tensor = W.norm(dim=0)
    if bool((norms == 0).any()):
        raise ValueError(f"W must have columns of a direction. Got {int((norms == 0).sum())} zero.")
    return W / norms


class Epoch(NamedTuple):
    """What `learn` yields after each update of the dictionary."""

    W: Float[Tensor, "dim atoms"]
    energy: float
    """Mean of F_inf before the update."""
    norm: float
    """Mean norm of the columns after it."""
    size: float
    """Mean of |z|_1 before it."""


def learn(
    y: Float[Tensor, "n dim"],
    W: Float[Tensor, "dim atoms"],
    lam: float,
    *,
    epochs: int,
    steps: int = 100,
    normalise: bool = True,
) -> Iterator[Epoch]:
    r"""Minimise the mean free energy by turns: codes by FISTA, atoms one after the other.

    Formula:
        Z = codes; for each atom w_i, with the residual R of all the others,
        w_i <- R^T z_i / (z_i . z_i), then w_i / |w_i| (if `normalise`); an atom that no code
        uses becomes the sample of highest energy. Without unit norms the atoms grow and the
        codes shrink: |z|_1 can be made as small as one likes at no cost. Where the new atom
        would be zero the old one stays.

    Args:
        y: samples.
        W: starting atoms.
        lam: weight of the 1-norm.
        epochs: updates of the dictionary.
        steps: of FISTA in each.
        normalise: whether columns are kept at norm 1.

    Raises:
        ValueError: as `fista` and `unit_columns`, or if epochs < 1.

    Source: Mairal, Bach, Ponce, Sapiro, Online dictionary learning for sparse coding, 2009
        (algorithm 2, with all samples at once); their D and alpha are W and z.

    Derived on: book/generative/sparse.md
    """
    check_count("epochs", epochs)
    W = unit_columns(W) if normalise else W.clone()
    for _ in range(epochs):
        z = fista(y, W, lam, steps=steps, tolerance=1e-6).z
        F = energy(y, z, W, lam)
        W = update(y, z, W, F, normalise=normalise)
        norm = float(W.norm(dim=0).mean())
        yield Epoch(W, float(F.mean()), norm, float(z.abs().sum(-1).mean()))


def update(
    y: Float[Tensor, "n dim"],
    z: Float[Tensor, "n atoms"],
    W: Float[Tensor, "dim atoms"],
    F: Float[Tensor, " n"],
    *,
    normalise: bool = True,
) -> Float[Tensor, "dim atoms"]:
    """One pass of coordinate descent over the atoms, with the codes kept.

    Derived on: book/generative/sparse.md
    """
    A, B = z.mT @ z, y.mT @ z
    W = W.clone()
    unused = F.argsort(descending=True).tolist()
    for i in range(W.shape[1]):
        if A[i, i] < 1e-12:  # no code uses it: a badly coded sample takes its place
            w = y[unused.pop(0)] if unused else W[:, i]
        else:
            w = W[:, i] + (B[:, i] - W @ A[:, i]) / A[i, i]
        if bool(w.any()):  # zero data have no direction to offer
            W[:, i] = w / w.norm() if normalise else w
    return W


def recovered(
    W: Float[Tensor, "dim atoms"], truth: Float[Tensor, "dim planted"]
) -> Float[Tensor, " planted"]:
    r"""Cosine, up to sign, between each planted atom and the learned one nearest to it.

    Formula:
        max_j |cos(w_j, truth_i)|.

    Derived on: book/generative/sparse.md
    """
    one, other = (normalize(atoms, dim=0) for atoms in (truth, W))  # a zero atom is like none
    return (one.mT @ other).abs().amax(1)
