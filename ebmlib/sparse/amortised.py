r"""Amortised inference: a net that answers at once what minimisation would answer."""

import torch
from jaxtyping import Float
from torch import Tensor, nn

from ebmlib.checks import check_count, check_positive
from ebmlib.sparse.codes import energy, lipschitz


class LISTA(nn.Module):
    r"""A few steps of ISTA whose matrices and thresholds are learned.

    Formula:
        z_0 = 0, z_{l+1} = shrink(A_l z_l + B_l y, t_l); at the start A = I - 2 W^T W / L,
        B = 2 W^T / L and t = lambda / L in every layer, which is ISTA itself.

    Args:
        W: atoms, one a column.
        lam: weight of the 1-norm.
        layers: how many steps.

    Raises:
        ValueError: if lam is not positive or layers < 1.

    Source: Gregor and LeCun, Learning fast approximations of sparse coding, 2010; their S, W_e
        and theta are A, B and t, here one of each a layer.

    Derived on: book/generative/amortised.md
    """

    def __init__(self, W: Float[Tensor, "dim atoms"], lam: float, layers: int) -> None:
        super().__init__()
        check_positive("lam", lam)
        check_count("layers", layers)
        L = lipschitz(W) or 1.0
        eye = torch.eye(W.shape[1], dtype=W.dtype, device=W.device)
        self.A = nn.Parameter((eye - 2 / L * W.mT @ W).repeat(layers, 1, 1))
        self.B = nn.Parameter((2 / L * W.mT).repeat(layers, 1, 1))
        self.t = nn.Parameter(torch.full_like(self.A[:, 0], lam / L))

    def forward(self, y: Float[Tensor, "batch dim"]) -> Float[Tensor, "batch atoms"]:
        """The code after all layers."""
        z = torch.zeros_like(y @ self.B[0].mT)
        for A, B, t in zip(self.A, self.B, self.t, strict=True):
            s = z @ A.mT + y @ B.mT
            z = s.sign() * (s.abs() - t).relu()
        return z


def predictive_energy(
    y: Float[Tensor, "*#batch dim"],
    z: Float[Tensor, "*#batch atoms"],
    z_tilde: Float[Tensor, "*#batch atoms"],
    W: Float[Tensor, "dim atoms"],
    lam: float,
    alpha: float = 1.0,
) -> Float[Tensor, "*#batch"]:
    r"""Energy of sparse coding that also asks the code to be what the encoder says.

    Formula:
        E(y, z) = |y - W z|^2 + lambda |z|_1 + alpha |z - z-tilde|^2, z-tilde = Enc(y).
        Minimised over z with the encoder held, it gives the encoder its target, z-check;
        minimised over the encoder with z-check held, it is a regression.

    Source: Kavukcuoglu, Ranzato, LeCun, Fast inference in sparse coding algorithms with
        applications to object recognition, 2010.

    Derived on: book/generative/amortised.md
    """
    return energy(y, z, W, lam) + alpha * (z - z_tilde).square().sum(-1)
