r"""Sparse coding with atoms that may stand anywhere: y = sum_k z_k * w_k.

Signals y (n, length), motifs W (atoms, width), codes z (n, atoms, length - width + 1): an entry
of z says that motif k begins there, and how high it is.
"""

from typing import NamedTuple

import torch
from jaxtyping import Float
from torch import Tensor
from torch.nn.functional import conv1d, conv_transpose1d

from ebmlib.checks import check_count, check_ndim, check_positive
from ebmlib.sparse.codes import shrink


def place(
    z: Float[Tensor, "n atoms places"], W: Float[Tensor, "atoms width"]
) -> Float[Tensor, "n length"]:
    r"""Write motifs into signals, the decoder: linear, and its weights are shared.

    Formula:
        y_t = sum_k sum_s z_k(s) w_k(t - s): convolution, length = places + width - 1.

    Raises:
        ValueError: if z and W differ in the number of atoms.

    Derived on: book/codes/shared-atoms.md
    """
    _check(W, z=z)
    return conv_transpose1d(z, W[:, None])[:, 0]


def look(
    y: Float[Tensor, "n length"], W: Float[Tensor, "atoms width"]
) -> Float[Tensor, "n atoms places"]:
    r"""How far each motif is in the signal at each place: the transpose of `place`.

    Formula:
        (look y)_k(s) = sum_t w_k(t - s) y_t: correlation; <place z, y> = <z, look y>.

    Raises:
        ValueError: if the signals are shorter than the motifs.

    Derived on: book/codes/shared-atoms.md
    """
    _check(W, y=y)
    return conv1d(y[:, None], W[:, None])


def curvature(W: Float[Tensor, "atoms width"], length: int) -> float:
    r"""No less than the largest curvature of |y - place(z)|^2 along z.

    Formula:
        L = 2 max over frequencies of sum_k |fourier(w_k)|^2, on `length` points at least the
        signals' length: a bound that a circular signal would reach.

    Raises:
        ValueError: if length is below the motifs' width.

    Derived on: book/codes/shared-atoms.md
    """
    check_count("length", length, W.shape[-1])
    return 2 * float(torch.fft.rfft(W, length).abs().square().sum(0).max())


def events(
    y: Float[Tensor, "n length"],
    W: Float[Tensor, "atoms width"],
    lam: float,
    *,
    steps: int = 100,
    start: Float[Tensor, "n atoms places"] | None = None,
) -> Float[Tensor, "n atoms places"]:
    r"""Codes that minimise |y - place(z)|^2 + lam |z|_1, by FISTA.

    Formula:
        z <- shrink(u + (2/L) look(y - place(u)), lam / L), u shot ahead by momentum.

    Raises:
        ValueError: as `place` and `look`, if lam is not positive or steps is below 1.

    Source: Kavukcuoglu et al., Learning convolutional feature hierarchies for visual
        recognition, 2010.

    Derived on: book/codes/shared-atoms.md
    """
    _check(W, y=y)
    check_positive("lam", lam)
    check_count("steps", steps)
    L = curvature(W, y.shape[-1]) or 1.0
    z = u = torch.zeros_like(look(y, W)) if start is None else start
    t = 1.0
    for _ in range(steps):
        new = shrink(u + 2 / L * look(y - place(u, W), W), lam / L)
        faster = (1 + (1 + 4 * t * t) ** 0.5) / 2
        u = new + (t - 1) / faster * (new - z)
        z, t = new, faster
    return z


def best_motifs(
    y: Float[Tensor, "n length"], z: Float[Tensor, "n atoms places"], width: int
) -> Float[Tensor, "atoms width"]:
    r"""The motifs that explain the signals best with these codes: least squares, exactly.

    Formula:
        argmin_W sum |y - place(z, W)|^2, a linear problem in the atoms * width numbers of W.

    Raises:
        ValueError: if the lengths of y and z do not fit the width.

    Derived on: book/codes/shared-atoms.md
    """
    check_count("width", width)
    n, atoms, places = z.shape
    if y.shape != (n, places + width - 1):
        raise ValueError(f"y must have shape ({n}, {places + width - 1}). Got {tuple(y.shape)}.")
    shifted = torch.zeros(n, y.shape[1], atoms, width, dtype=z.dtype, device=z.device)
    for t in range(width):
        shifted[:, t : t + places, :, t] = z.mT
    A, b = shifted.reshape(-1, atoms * width), y.reshape(-1)
    tiny = 1e-9 * torch.eye(atoms * width, dtype=z.dtype, device=z.device)
    W: Tensor = torch.linalg.solve(A.mT @ A + tiny, A.mT @ b)
    return W.view(atoms, width)


class Motifs(NamedTuple):
    """What `motifs` found."""

    W: Float[Tensor, "atoms width"]
    z: Float[Tensor, "n atoms places"]
    energy: float
    """The mean over the signals."""


def motifs(
    y: Float[Tensor, "n length"],
    atoms: int,
    width: int,
    lam: float,
    *,
    turns: int = 30,
    steps: int = 30,
    generator: torch.Generator | None = None,
) -> Motifs:
    r"""Learn motifs by turns: codes with the motifs held, motifs with the codes held.

    Formula:
        z = events(y, W); W = best_motifs(y, z), each at length 1; from pieces of the signals.
        A motif that no code uses starts anew from another piece.

    Raises:
        ValueError: as `events` and `best_motifs`, or if a count is below 1.

    Derived on: book/codes/shared-atoms.md
    """
    check_count("atoms", atoms)
    check_count("turns", turns)
    W = torch.stack([_piece(y, width, generator) for _ in range(atoms)])
    z = None
    for _ in range(turns):
        z = events(y, W, lam, steps=steps, start=z)
        W = best_motifs(y, z, width)
        for k in range(atoms):
            if not bool(z[:, k].any()):
                W[k] = _piece(y, width, generator)
        W = W / W.norm(dim=1, keepdim=True)
    z = events(y, W, lam, steps=steps, start=z)
    E = (y - place(z, W)).square().sum(-1) + lam * z.abs().sum((-2, -1))
    return Motifs(W, z, float(E.mean()))


def _piece(y: Tensor, width: int, generator: torch.Generator | None) -> Tensor:
    """A piece of some signal where it is loud, at length 1."""
    windows: Tensor = y.unfold(1, width, 1).reshape(-1, width)
    loud = torch.multinomial(windows.square().sum(-1), 1, generator=generator)[0]
    return windows[loud] / windows[loud].norm()  # type: ignore[no-any-return]


def _check(W: Tensor, *, z: Tensor | None = None, y: Tensor | None = None) -> None:
    check_ndim("W", W, 2, "(atoms, width)")
    if z is not None and (z.ndim != 3 or z.shape[1] != W.shape[0]):
        raise ValueError(f"z must have shape (n, {W.shape[0]}, places). Got {tuple(z.shape)}.")
    if y is not None and (y.ndim != 2 or y.shape[1] < W.shape[1]):
        raise ValueError(
            f"y must have shape (n, length) with a length >= {W.shape[1]}. Got {tuple(y.shape)}."
        )
