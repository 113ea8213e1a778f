"""Several nets that were trained alike but for their start: where they differ is doubt."""

import math
from collections.abc import Iterable

import torch
from jaxtyping import Float
from torch import Tensor, nn

from ebmlib.checks import check_count
from ebmlib.soft import softargmax

Probabilities = Float[Tensor, "members batch classes"]


class Ensemble(nn.Module):
    """Members that see the same input.

    Args:
        members: nets of one output size.

    Raises:
        ValueError: if there are fewer than two.

    Source: Lakshminarayanan, Pritzel and Blundell, Simple and scalable predictive uncertainty
        estimation using deep ensembles, 2017 (without their adversarial training).

    Derived on: book/spiral/doubt.md
    """

    def __init__(self, members: Iterable[nn.Module]) -> None:
        super().__init__()
        self.members = nn.ModuleList(members)
        check_count("the number of members", len(self.members), 2)

    def forward(self, x: Float[Tensor, "batch dim"]) -> Float[Tensor, "members batch classes"]:
        """Scores of every member."""
        return torch.stack([net(x) for net in self.members])

    @torch.no_grad()
    def probabilities(self, x: Float[Tensor, "batch dim"]) -> Probabilities:
        """Class probabilities of every member, without a graph."""
        return softargmax(self(x))


def spread(p: Probabilities) -> Float[Tensor, " batch"]:
    """Doubt of an input: the members' standard deviation, averaged over the classes.

    Formula:
        (1/K) sum_k std_m p_mk, with M - 1 in the denominator of the variance.

    Raises:
        ValueError: if p is not (members, batch, classes) with two members or more.

    Derived on: book/spiral/doubt.md
    """
    _check(p)
    return p.std(0).mean(-1)


def disagreement(p: Probabilities) -> Float[Tensor, " batch"]:
    """Doubt of an input: the entropy of the mean minus the mean of the entropies.

    Formula:
        H(mean_m p_m) - mean_m H(p_m), the mutual information of class and member.

    Units:
        nats, between 0 (all members give one distribution) and log K.

    Raises:
        ValueError: as `spread`.

    Source: Houlsby, Huszár, Ghahramani and Lengyel, Bayesian active learning for classification
        and preference learning, 2011.

    Derived on: book/spiral/doubt.md
    """
    _check(p)
    return entropy(p.mean(0)) - entropy(p).mean(0)


def entropy(p: Float[Tensor, "*batch classes"]) -> Float[Tensor, "*batch"]:
    """Entropy of class probabilities, in nats; 0 log 0 is 0."""
    return -torch.xlogy(p, p).sum(-1)


def ring(
    n: int,
    inner: float = 1.5,
    outer: float = 3.0,
    *,
    generator: torch.Generator | None = None,
    dtype: torch.dtype | None = None,
) -> Float[Tensor, "{n} 2"]:
    """Draw points between two circles round the origin, radius and angle uniform.

    Raises:
        ValueError: if n < 1 or not 0 < inner <= outer.
    """
    check_count("n", n)
    if not 0 < inner <= outer:
        raise ValueError(f"inner and outer must fulfil 0 < inner <= outer. Got {inner}, {outer}.")
    device = generator.device if generator is not None else None
    u, v = torch.rand(2, n, generator=generator, dtype=dtype, device=device)
    r, theta = inner + (outer - inner) * u, 2 * math.pi * v
    return torch.stack((r * theta.cos(), r * theta.sin()), -1)


def _check(p: Tensor) -> None:
    if p.ndim != 3 or p.shape[0] < 2:
        raise ValueError(
            f"p must have shape (members, batch, classes), members >= 2. Got {tuple(p.shape)}."
        )
