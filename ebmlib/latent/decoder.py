r"""A decoder that is learned whole, and two ways to charge for a latent."""

import torch
from jaxtyping import Float
from torch import Tensor, nn

from ebmlib.checks import check_count, check_last
from ebmlib.nets.mlp import mlp


def small(z: Float[Tensor, "*batch latent"]) -> Float[Tensor, "*batch"]:
    r"""Charge R(z) = |z|^2: it can be dodged by a decoder that reads small latents.

    Derived on: book/ellipse/decoder.md
    """
    return z.square().sum(-1)


def ring(z: Float[Tensor, "*batch latent"]) -> Float[Tensor, "*batch"]:
    r"""Charge R(z) = (|z| - 1)^2: free on the unit sphere, which has one dimension less.

    A decoder cannot dodge it by rescaling, but by being steep across the sphere it can.
    At z = 0 there is no gradient; 0 is taken, as torch does.

    Derived on: book/ellipse/decoder.md
    """
    length: Tensor = torch.linalg.vector_norm(z, dim=-1)
    return (length - 1).square()


class LearnedDecoder(nn.Module):
    r"""A point of the plane from what the predictor says and a latent, by a tanh net.

    Formula:
        Dec(h, z) = net([h, z]), layers (observed + latent) - hidden - hidden - 2.
        The energy is |y - Dec(h, z)|^2.

    Args:
        latent: size of z.
        observed: size of h = f(x); 0 where x never changes and the biases hold it.
        hidden: units in each hidden layer.
        generator: where the weights start.
        dtype: torch's default if not given.

    Raises:
        ValueError: if latent or hidden is < 1, or observed < 0.

    Derived on: book/ellipse/decoder.md
    """

    def __init__(
        self,
        latent: int,
        *,
        observed: int = 0,
        hidden: int = 16,
        generator: torch.Generator | None = None,
        dtype: torch.dtype | None = None,
    ) -> None:
        super().__init__()
        check_count("latent", latent)
        check_count("observed", observed, least=0)
        check_count("hidden", hidden)
        self.latent, self.observed = latent, observed
        sizes = [observed + latent, hidden, hidden, 2]
        self.net = mlp(sizes, nn.Tanh, generator=generator, dtype=dtype)

    def decode(
        self,
        z: Float[Tensor, "*#batch latent"],
        h: Float[Tensor, "*#batch observed"] | None = None,
    ) -> Float[Tensor, "*batch 2"]:
        """Point of the model's manifold at z, given h; the dimensions before the last broadcast.

        Raises:
            ValueError: if z or h has another size, or h is missing or not wanted.
        """
        check_last("z", z, self.latent, f"(*batch, {self.latent})")
        if (h is None) != (self.observed == 0):
            raise ValueError(f"h must be {'left out' if h is not None else 'given'}.")
        if h is not None:
            check_last("h", h, self.observed, f"(*batch, {self.observed})")
            batch = (h[..., 0] + z[..., 0]).shape
            z = torch.cat([h.expand(*batch, -1), z.expand(*batch, -1)], -1)
        out: Tensor = self.net(z)
        return out

    def forward(
        self,
        y: Float[Tensor, "*#batch 2"],
        z: Float[Tensor, "*#batch latent"],
        h: Float[Tensor, "*#batch observed"] | None = None,
    ) -> Float[Tensor, "*batch"]:
        """Energy of each pair, or of each triple with h.

        Raises:
            ValueError: if the last dimension of y is not 2, and as `decode`.
        """
        check_last("y", y, 2, "(*batch, 2)")
        return (y - self.decode(z, h)).square().sum(-1)
