"""Searches along a line: a fixed step, backtracking, and one that meets Wolfe's conditions."""

import math
from dataclasses import dataclass, field

import torch
from jaxtyping import Bool, Float
from torch import Tensor

from ebmlib.checks import check_positive
from ebmlib.energy import Energy
from ebmlib.infer.descend import Found, Point, pick
from ebmlib.infer.minimum import value_and_gradient

TRIALS = 30
"""The most points that a search tries."""


def along(
    E: Energy,
    y: Float[Tensor, "*#batch dim"],
    at: Point,
    d: Float[Tensor, "*batch latent"],
    t: Float[Tensor, "*batch"],
) -> Point:
    """The points at distance t along the directions."""
    z = at.z + t.unsqueeze(-1) * d
    return Point(z, *value_and_gradient(E, y, z))


def slack(e: Float[Tensor, "*batch"]) -> Float[Tensor, "*batch"]:
    """What rounding may add to an energy: near a minimum all differences drown in it."""
    eps: float = torch.finfo(e.dtype).eps
    return math.pow(eps, 2 / 3) * e.abs()


@dataclass
class Fixed:
    """The step `lr` always, one for all samples or one for each."""

    lr: float | Float[Tensor, "*#batch"]

    def __post_init__(self) -> None:
        if not isinstance(self.lr, Tensor):
            check_positive("lr", self.lr)
        elif not bool(((self.lr > 0) & self.lr.isfinite()).all()):
            raise ValueError(f"lr must be finite and > 0. Got {self.lr}.")

    def __call__(
        self,
        E: Energy,
        y: Float[Tensor, "*#batch dim"],
        at: Point,
        d: Float[Tensor, "*batch latent"],
        active: Bool[Tensor, "*batch"],
        /,
    ) -> Found:
        """Step without a look at the energy; a sample stops if it becomes infinite."""
        t = torch.as_tensor(self.lr, dtype=at.e.dtype, device=at.e.device)
        new = along(E, y, at, d, t.expand_as(at.e))
        return Found(new, new.e.isfinite(), torch.ones_like(at.e, dtype=torch.long))


@dataclass
class Backtracking:
    """Halve the step, each sample its own, until the energy falls enough (Armijo 1966)."""

    lr: float = 1.0
    shrink: float = 0.5
    enough: float = 0.3

    def __post_init__(self) -> None:
        check_positive("lr", self.lr)
        if not 0 < self.shrink < 1:
            raise ValueError(f"shrink must lie in (0, 1). Got {self.shrink}.")

    def __call__(
        self,
        E: Energy,
        y: Float[Tensor, "*#batch dim"],
        at: Point,
        d: Float[Tensor, "*batch latent"],
        active: Bool[Tensor, "*batch"],
        /,
    ) -> Found:
        """Accept the first t with E(z + t d) <= E(z) + enough t (gradient . d).

        Where the energies differ by no more than rounding, the gradient must shrink instead.
        """
        slope = (at.g * d).sum(-1)
        t = torch.full_like(at.e, self.lr)
        todo, tried, best = active, torch.zeros_like(active, dtype=torch.long), at
        for _ in range(TRIALS):
            new = along(E, y, at, d, t)
            tried = tried + todo
            low = new.e <= at.e + self.enough * t * slope
            flatter = new.g.square().sum(-1) <= 0.8 * at.g.square().sum(-1)
            fits = todo & (low | (flatter & ((new.e - at.e).abs() <= slack(at.e))))
            best = pick(fits, new, best)
            todo = todo & ~fits
            if not bool(todo.any()):
                break
            t = torch.where(todo, self.shrink * t, t)
        return Found(best, active & ~todo, tried)


@dataclass
class Bracket:
    """An interval a sample that holds an acceptable step, and the slopes at its ends."""

    lo: Float[Tensor, "*batch"]
    slope_lo: Float[Tensor, "*batch"]
    hi: Float[Tensor, "*batch"] = field(init=False)
    slope_hi: Float[Tensor, "*batch"] = field(init=False)
    last_beyond: Bool[Tensor, "*batch"] = field(init=False)

    def __post_init__(self) -> None:
        self.hi = torch.full_like(self.lo, math.inf)
        self.slope_hi = torch.full_like(self.lo, -1)
        self.last_beyond = torch.zeros_like(self.lo, dtype=torch.bool)

    def narrow(
        self,
        t: Float[Tensor, "*batch"],
        slope: Float[Tensor, "*batch"],
        beyond: Bool[Tensor, "*batch"],
    ) -> Float[Tensor, "*batch"]:
        """Take t as an end of the interval and return the next step to try.

        That is where the slope would vanish if it changed evenly (a secant step). An end that
        stays twice counts half (the Illinois rule), or it might stay for ever.
        """
        step = t - self.lo
        further = step * slope / (self.slope_lo - slope)
        further = torch.where(slope > self.slope_lo, further, math.inf)
        further = t + further.clamp(1.1 * step, 4 * step)
        closed = self.hi.isfinite()
        halve_lo, halve_hi = beyond & closed & self.last_beyond, ~(beyond | self.last_beyond)
        lo = torch.where(halve_lo, 0.5 * self.slope_lo, self.slope_lo)
        hi = torch.where(halve_hi, 0.5 * self.slope_hi, self.slope_hi)
        self.slope_lo, self.slope_hi = (
            torch.where(beyond, lo, slope),
            torch.where(beyond, slope, hi),
        )
        self.lo, self.hi = torch.where(beyond, self.lo, t), torch.where(beyond, t, self.hi)
        self.last_beyond = beyond
        part = self.slope_lo / (self.slope_lo - self.slope_hi)
        part = torch.where(self.slope_hi > 0, part, 0.5).clamp(0.02, 0.98)
        inside = self.lo + part * (self.hi - self.lo)
        return torch.where(self.hi.isinf(), further, inside)


@dataclass
class Wolfe:
    """A step that lowers the energy enough and flattens the slope (Wolfe's conditions).

    E(z + t d) <= E(z) + enough t s(0) and s(t) >= flat s(0), where s(t) is the slope along d
    and s(0) < 0 (Nocedal and Wright 2006, section 3.1). Where the energies differ by no more
    than rounding the slopes alone decide (Hager and Zhang 2005). With `strong` the slope may
    not climb either, |s(t)| <= flat |s(0)|, and the first trial is the last step, both as
    conjugate gradient needs; without it the first trial is t = 1.
    """

    flat: float = 0.9
    enough: float = 1e-4
    strong: bool = False
    _last: Tensor | None = field(default=None, init=False)

    def _first(self, at: Point, d: Tensor) -> Tensor:
        if not self.strong:
            return torch.ones_like(at.e)
        if self._last is None:  # at first no component moves by more than 1
            return 1 / d.abs().amax(-1).clamp(min=1)
        return self._last

    def __call__(
        self,
        E: Energy,
        y: Float[Tensor, "*#batch dim"],
        at: Point,
        d: Float[Tensor, "*batch latent"],
        active: Bool[Tensor, "*batch"],
        /,
    ) -> Found:
        """Bracket and interpolate, each sample its own interval."""
        slope = (at.g * d).sum(-1)
        t = self._first(at, d)
        bracket = Bracket(torch.zeros_like(t), slope)
        todo, tried, best = active, torch.zeros_like(active, dtype=torch.long), at
        for _ in range(TRIALS):
            new = along(E, y, at, d, t)
            tried = tried + todo
            slope_t = (new.g * d).sum(-1)
            height = slope_t.abs() if self.strong else -slope_t
            flat = height <= self.flat * slope.abs()
            low = new.e <= at.e + self.enough * t * slope
            level = (new.e - at.e).abs() <= slack(at.e)
            beyond = ~(low | level) | (slope_t > 0)
            low = low | (level & (slope_t.abs() <= self.flat * slope.abs()))
            fits = todo & low & flat
            best = pick(fits | (todo & low & (new.e < best.e)), new, best)
            todo = todo & ~fits
            if not bool(todo.any()):
                break
            t = torch.where(todo, bracket.narrow(t, slope_t, beyond), t)
        if self.strong:
            self._last = t
        return Found(best, active & (~todo | (best.e < at.e)), tried)
