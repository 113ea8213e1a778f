r"""Autoencoders: the energy of a target is what is lost on the way through the code.

All of them take stacks of nets (`ebmlib.nets.stacked`), so that several seeds train at once.
"""

from collections.abc import Sequence

import torch
from jaxtyping import Float
from torch import Tensor, nn

from ebmlib.nets.stacked import Stacked


class Autoencoder(nn.Module):
    r"""A stack of encoders and decoders.

    Formula:
        h = Enc(y), y-tilde = Dec(h), F(y) = |y - y-tilde|^2.

    Args:
        sizes: of the encoder, [2, 100, 100, 1]; the decoder's are the same backwards.
        generators: one for each net.
        dtype: torch's default if not given.

    Raises:
        ValueError: as `Stacked`.

    Source: Rumelhart, Hinton, Williams, Learning internal representations by error
        propagation, 1986; Kramer, Nonlinear principal component analysis using autoassociative
        neural networks, 1991.

    Derived on: book/generative/autoencoder.md
    """

    def __init__(
        self,
        sizes: Sequence[int],
        generators: Sequence[torch.Generator],
        *,
        dtype: torch.dtype | None = None,
    ) -> None:
        super().__init__()
        self.encoder = Stacked(sizes, generators, dtype=dtype)
        self.decoder = Stacked(sizes[::-1], generators, dtype=dtype)

    def forward(self, y: Float[Tensor, "#nets batch dim"]) -> Float[Tensor, "nets batch dim"]:
        """Reconstruction y-tilde of each y."""
        return self.decoder(self.encoder(y))  # type: ignore[no-any-return]

    def energy(self, y: Float[Tensor, "#nets batch dim"]) -> Float[Tensor, "nets batch"]:
        """Free energy F(y): the squared error of the reconstruction."""
        y_tilde: Tensor = self(y)
        return (y - y_tilde).square().sum(-1)
