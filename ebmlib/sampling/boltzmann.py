r"""Machines of binary units: all their states, what a flip costs, and the restricted one."""

import torch
from jaxtyping import Float
from torch import Tensor
from torch.nn.functional import softplus

from ebmlib.checks import check_count, check_last


def enumerate_states(D: int, low: float = -1.0) -> Float[Tensor, "states D"]:
    r"""All states of D units that are `low` or 1, the last unit changing fastest.

    Raises:
        ValueError: unless D is from 1 to 20.

    Derived on: book/sampling/boltzmann.md
    """
    check_count("D", D)
    if D > 20:
        raise ValueError(f"D must be at most 20: there are 2^D states. Got {D}.")
    bits = torch.arange(2**D)[:, None] >> torch.arange(D - 1, -1, -1) & 1
    return torch.where(bits.bool(), 1.0, low)


def machine_energy(
    y: Float[Tensor, "*batch D"], J: Float[Tensor, "D D"], b: Float[Tensor, " D"]
) -> Float[Tensor, "*batch"]:
    r"""Energy of a machine whose units are all in view.

    Formula:
        E(y) = -y^T J y / 2 - b . y for a symmetric J with an empty diagonal.

    Args:
        y: states, of units that are -1 or 1.
        J: couplings.
        b: biases.

    Raises:
        ValueError: if J is not (D, D) or b not (D,).

    Source: Ackley, Hinton and Sejnowski, A learning algorithm for Boltzmann machines, 1985

    Derived on: book/sampling/boltzmann.md
    """
    _check_machine(y, J, b)
    e: Tensor = -((y @ J) * y).sum(-1) / 2 - y @ b
    return e


def flip_gaps(
    y: Float[Tensor, "*batch D"], J: Float[Tensor, "D D"], b: Float[Tensor, " D"]
) -> Float[Tensor, "*batch D"]:
    r"""What it costs to flip each unit.

    Formula:
        d_i(y) = E(y with unit i flipped) - E(y) = 2 y_i (J y + b)_i.

    Args, Raises: as `machine_energy`.

    Derived on: book/sampling/boltzmann.md
    """
    _check_machine(y, J, b)
    gaps: Tensor = 2 * y * (y @ J.mT + b)
    return gaps


class RBM:
    r"""Restricted Boltzmann machine: units of 0 and 1 in two layers, coupled across alone.

    Formula:
        E(y, h) = -a . y - b . h - y^T W h, and the free energy of what is seen, with h summed
        out, F(y) = -a . y - sum_j softplus(b_j + (W^T y)_j).

    Shapes: `W` (*batch, D, K), `a` (*batch, D) and `b` (*batch, K): many machines side by side,
    each with its own states y (*batch, states, D).

    Raises:
        ValueError: if a or b does not fit W.

    Source: Hinton, Training products of experts by minimizing contrastive divergence, 2002

    Derived on: book/sampling/boltzmann.md
    """

    def __init__(
        self,
        W: Float[Tensor, "*batch D K"],
        a: Float[Tensor, "*batch D"],
        b: Float[Tensor, "*batch K"],
    ) -> None:
        for name, one, shape in (("a", a, W.shape[:-1]), ("b", b, W.mT.shape[:-1])):
            if one.shape != shape:
                raise ValueError(f"{name} must have shape {tuple(shape)}. Got {tuple(one.shape)}.")
        self.W, self.a, self.b = W, a, b

    def field(self, y: Float[Tensor, "*batch states D"]) -> Float[Tensor, "*batch states K"]:
        """What each hidden unit feels: b + W^T y."""
        check_last("y", y, self.W.shape[-2], f"(..., states, {self.W.shape[-2]})")
        felt: Tensor = self.b[..., None, :] + y @ self.W
        return felt

    def F(self, y: Float[Tensor, "*batch states D"]) -> Float[Tensor, "*batch states"]:
        """Free energy of states, the hidden units summed out."""
        folded = softplus(self.field(y)).sum(-1)
        f: Tensor = -(y @ self.a[..., None])[..., 0] - folded
        return f

    def gibbs(
        self,
        y: Float[Tensor, "*batch states D"],
        steps: int,
        generator: torch.Generator | None = None,
    ) -> Float[Tensor, "*batch states D"]:
        """Draw all hidden units given y, then all of y given them, and that `steps` times.

        Raises:
            ValueError: if steps < 1, or y has not D entries a state.
        """
        check_count("steps", steps)
        for _ in range(steps):
            h = _toss(torch.sigmoid(self.field(y)), generator)
            y = _toss(torch.sigmoid(self.a[..., None, :] + h @ self.W.mT), generator)
        return y

    def gradient(
        self,
        y: Float[Tensor, "*batch states D"],
        y_hat: Float[Tensor, "*batch others D"],
        q: Float[Tensor, "*batch others"] | None = None,
    ) -> tuple[Tensor, Tensor, Tensor]:
        """Slope of mean F(y) - mean F(y_hat) in W, a and b: pull at y, push at y_hat.

        Args:
            y: the data.
            y_hat: contrastive states.
            q: their weights, by default all the same. With all states and their probabilities
                it is the slope of the negative log-likelihood.
        """
        if q is None:
            q = torch.full_like(y_hat[..., 0], 1 / y_hat.shape[-2])
        even = torch.full_like(y[..., 0], 1 / y.shape[-2])
        pull, push = self._means(y, even), self._means(y_hat, q)
        W, a, b = (up - down for down, up in zip(pull, push, strict=True))
        return W, a, b

    def _means(self, y: Tensor, q: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        h, weighted = torch.sigmoid(self.field(y)), q[..., None] * y
        return weighted.mT @ h, weighted.sum(-2), (q[..., None] * h).sum(-2)


def _toss(p: Tensor, generator: torch.Generator | None) -> Tensor:
    return (torch.rand(p.shape, generator=generator, dtype=p.dtype, device=p.device) < p).to(p)


def _check_machine(y: Tensor, J: Tensor, b: Tensor) -> None:
    D = y.shape[-1]
    if J.shape != (D, D):
        raise ValueError(f"J must have shape ({D}, {D}). Got {tuple(J.shape)}.")
    if b.shape != (D,):
        raise ValueError(f"b must have shape ({D},). Got {tuple(b.shape)}.")
