"""L-BFGS on the latent: curvature from the last few steps."""

from collections import deque
from dataclasses import dataclass, field
from typing import NamedTuple

import torch
from jaxtyping import Float
from torch import Tensor

from ebmlib.checks import check_count
from ebmlib.energy import Energy
from ebmlib.infer.batch import Rows, dot, take
from ebmlib.infer.descend import Point, descend
from ebmlib.infer.minimum import Minimum
from ebmlib.infer.search import Wolfe


class Pair(NamedTuple):
    """A step, the change of the gradient over it, and one over their product."""

    s: Float[Tensor, "*batch latent"]
    q: Float[Tensor, "*batch latent"]
    r: Float[Tensor, "*batch 1"]


@dataclass
class TwoLoop:
    """Minus an approximate inverse Hessian times the gradient, from remembered pairs."""

    history: int
    _pairs: deque[Pair] = field(init=False)
    _last: Point | None = field(default=None, init=False)
    _scale: Tensor | None = field(default=None, init=False)

    def __post_init__(self) -> None:
        check_count("history", self.history)
        self._pairs = deque(maxlen=self.history)

    def _remember(self, at: Point) -> Tensor:
        """Store the last step where it saw positive curvature; return the scale of H."""
        if self._last is None or self._scale is None:
            scale = 1 / at.g.abs().amax(-1, keepdim=True).clamp(min=1)
        else:
            s, q = at.z - self._last.z, at.g - self._last.g
            sq, qq = dot(s, q).unsqueeze(-1), dot(q, q).unsqueeze(-1)
            curved = sq > torch.finfo(s.dtype).eps * qq
            # r = 0 makes the pair do nothing for a sample that saw no curvature, or stopped.
            if s.shape[-1] > 1:  # of one component the scale is the whole inverse Hessian
                self._pairs.append(Pair(s, q, torch.where(curved, 1 / sq, 0)))
            scale = torch.where(curved, sq / qq, self._scale)
        self._last, self._scale = at, scale
        return scale

    def __call__(self, at: Point, /) -> Float[Tensor, "*batch latent"]:
        """The two loops of Nocedal (1980), for every sample at once."""
        scale = self._remember(at)
        d, alphas = at.g, []
        for s, q, r in reversed(self._pairs):
            alphas.append(r * dot(s, d).unsqueeze(-1))
            d = torch.addcmul(d, alphas[-1], q, value=-1)
        d = scale * d
        for s, q, r in self._pairs:
            d = torch.addcmul(d, alphas.pop() - r * dot(q, d).unsqueeze(-1), s)
        climbs = dot(at.g, d).unsqueeze(-1) <= 0
        return torch.where(climbs, -at.g, -d)

    def keep(self, rows: Rows, /) -> None:
        """Keep the pairs of these samples."""
        self._pairs = deque((take(pair, rows) for pair in self._pairs), self.history)
        if self._last is not None and self._scale is not None:
            self._last, self._scale = take(self._last, rows), take(self._scale, rows)


def lbfgs(
    E: Energy,
    y: Float[Tensor, "*#batch dim"],
    z: Float[Tensor, "*#batch latent"],
    /,
    *,
    history: int = 10,
    steps: int = 200,
    tolerance: float = 1e-5,
    path: bool = False,
) -> Minimum:
    """Limited-memory BFGS with a line search: our default.

    Formula:
        z <- z - t H g, with H an approximation of the inverse Hessian from the last
        `history` steps s and gradient changes q (H q = s for the newest), and t from a search
        that meets Wolfe's conditions (flat = 0.9), t = 1 tried first.
        With a scalar latent H = s / q: the secant method.

    Args:
        E: the energy.
        y: targets.
        z: starts.
        history: the number of steps that are remembered.
        steps: the most steps a sample may take.
        tolerance: a sample stops when no component of its gradient is larger.
        path: whether to keep every latent on the way.

    Raises:
        ValueError: on a wrong shape, a NaN, history < 1, steps < 1 or tolerance < 0.

    Source: Nocedal, Updating quasi-Newton matrices with limited storage, 1980;
        Liu and Nocedal, On the limited memory BFGS method for large scale optimization, 1989.

    Derived on: book/ellipse/inference.md
    """
    rule, search = TwoLoop(history), Wolfe(flat=0.9)
    return descend(E, y, z, rule, search, steps=steps, tolerance=tolerance, path=path)
