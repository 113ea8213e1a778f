"""Dropout that can be kept on in use, with a generator of its own."""

import torch
from jaxtyping import Float
from torch import Tensor, nn

from ebmlib.checks import check_count


class Dropout(nn.Module):
    """Drop each entry with probability p, and scale up the rest.

    Formula:
        h <- m h / (1 - p), with m = 0 with probability p and 1 otherwise: the mean stays h.

    Args:
        p: the probability, in [0, 1).
        generator: the source of randomness; torch's own `nn.Dropout` takes none.

    In training each entry has its own mask, as in torch. While `in_use` is true one mask
    serves the whole batch: then every sample goes through the same thinned net.

    Raises:
        ValueError: if p is not in [0, 1).

    Source: Hinton and others, Improving neural networks by preventing co-adaptation of feature
        detectors, 2012; Srivastava and others, Dropout, 2014.

    Derived on: book/spiral/doubt.md
    """

    def __init__(self, p: float = 0.5, *, generator: torch.Generator | None = None) -> None:
        super().__init__()
        if not 0 <= p < 1:
            raise ValueError(f"p must be in [0, 1). Got {p}.")
        self.p, self.generator, self.in_use = p, generator, False

    def forward(self, h: Float[Tensor, "*batch units"]) -> Float[Tensor, "*batch units"]:
        """Drop, or pass on unchanged when dropout is off."""
        if not (self.training or self.in_use):
            return h
        shape = h.shape[-1:] if self.in_use else h.shape
        u = torch.rand(shape, generator=self.generator, dtype=h.dtype, device=h.device)
        return h * (u >= self.p) / (1 - self.p)


@torch.no_grad()
def dropout_samples(
    net: nn.Module, x: Float[Tensor, "batch dim"], samples: int
) -> Float[Tensor, "{samples} batch out"]:
    """Run a net several times with its dropout on: each run is by another thinned net.

    Raises:
        ValueError: if samples < 1 or the net holds no `Dropout` of this module.

    Source: Gal and Ghahramani, Dropout as a Bayesian approximation, 2016.

    Derived on: book/spiral/doubt.md
    """
    check_count("samples", samples)
    drops = [module for module in net.modules() if isinstance(module, Dropout)]
    if not drops:
        raise ValueError("net must hold an ebmlib.nets.dropout.Dropout. Got none.")
    before = [drop.in_use for drop in drops]
    for drop in drops:
        drop.in_use = True
    try:
        return torch.stack([net(x) for _ in range(samples)])
    finally:
        for drop, was in zip(drops, before, strict=True):
            drop.in_use = was
